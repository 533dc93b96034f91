"""A finding: what of an API logs users out, or may, with its evidence and its remedies."""

from __future__ import annotations

from typing import Literal

import msgspec

Gravity = Literal["logs out", "risk"]
# The guide's five causes, by its numbers; 0: none of them.
CAUSES = {
    0: "not in the guide",
    1: "Frontend Token Handling Issues",
    2: "Multiple Tab Conflicts",
    3: "Network Connectivity Issues",
    4: "Token Storage Problems",
    5: "Clock Synchronization",
}
NO_QUICK_FIX = "none: rotation off does not touch this"
ROTATION_OFF = (
    "ROTATE_REFRESH_TOKENS = False. Its price: a stolen token works unseen, and a session ends its refresh "
    "lifetime after the sign-in, however active its user is"
)


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong.

    `cause` is the guide's number, `gravity` whether it logs users out or is a risk to them, `basis` whether it was
    `measured` (a request showed it) or `read` (from a token's claims or a header). `server` and `front_end` are what
    each side can do.
    """

    name: str
    cause: int
    gravity: Gravity
    basis: Literal["measured", "read"]
    title: str
    evidence: str
    server: str
    front_end: str
    quick_fix: str = NO_QUICK_FIX

    @property
    def guide_cause(self) -> str:
        """Return the guide's cause as it is written there: number and name."""
        if not self.cause:
            return CAUSES[0]
        return f"{self.cause} {CAUSES[self.cause]}"


def duration(seconds: float) -> str:
    """Return a time in the largest unit that leaves a number of one or more: `7 d`, `1 h`, `4.5 min`.

    An hour less a second is an hour: SimpleJWT reads its clock once for `iat` and once for `exp`.
    """
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 0.999 * length:
            return f"{round(seconds / length, 1):g} {unit}"
    return f"{round(seconds, 1 if seconds < 10 else None):g} s"
