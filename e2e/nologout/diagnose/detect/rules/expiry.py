"""How an access token is best brought to its end, and how long it lives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.diagnose.detect.rules import jwt
from nologout.diagnose.detect.rules.finding import Finding
from nologout.diagnose.detect.rules.tokens import bearers_of, fresh_access

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nologout.diagnose.detect.rules.seen import Seen
    from nologout.diagnose.detect.rules.tokens import Token


def expiry_of(seen: Seen, access: Token | None) -> Iterator[Finding]:
    """Yield how an access token is brought to its end, and how long it lives where that is known."""
    yield way_to_expire(seen, access)
    if access is not None and access.held.lifetime_s:
        itself = jwt.lifetime(access.held.value) is not None
        source = "exp - iat of the access token" if itself else "the cookie's Max-Age"
        yield Finding("expire.access_lifetime_s", round(access.held.lifetime_s), "sure", source)


def way_to_expire(seen: Seen, access: Token | None) -> Finding:
    """Return how an access token is best brought to its end, by what the app did about a refusal."""
    key = "expire.how"
    refused = next((m for m in seen.expired if m.spoiled and m.refused), None)
    if refused is None:
        spoiled = any(m.spoiled for m in seen.expired)
        told = "no request was refused whose token was made invalid" if spoiled else "it works with most apps"
        return Finding(key, "header", "guessed", told)
    told = f"{refused.path} was refused ({refused.status}) when its token was made invalid on its way"
    if any(fresh_access(m, access, bearers_of(seen.messages)) for m in seen.expired):
        return Finding(key, "header", "sure", told)
    told += ", and no refresh followed"
    if access is not None and access.held.max_age:
        return Finding(key, "clock", "likely", f"{told}; the access cookie has a Max-Age, which a clock can end")
    return Finding(key, "header", "guessed", f"{told}; where a timer refreshes, `server` shows more")
