"""How far clocks are apart: the client's from ours, and ours from that of the server which issued a token."""

import re
import time

from token_family.backends import family_backend

# Neither a sign nor an exponent, and no NaN.
UNIX_SECONDS = re.compile(r"[0-9]{1,12}(\.[0-9]{1,9})?")

# No public certificate is valid for longer: a clock further off reaches no server over HTTPS.
MOST_S = 398 * 24 * 3600


def skew_s(client_time: str) -> float | None:
    """Return our clock minus the client's, in seconds; None for a text that is no unix time, or an absurd one."""
    if not UNIX_SECONDS.fullmatch(client_time):
        return None
    skew = round(time.time() - float(client_time), 1)
    return skew + 0.0 if abs(skew) <= MOST_S else None  # + 0.0, for there is a zero with a minus


def is_of_the_future(issued: object) -> bool:
    """Tell whether an `iat` is yet to come, by more than clocks may differ (LEEWAY)."""
    return isinstance(issued, int | float) and issued > time.time() + family_backend().get_leeway().total_seconds()
