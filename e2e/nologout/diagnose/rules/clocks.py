"""Whether clocks agree: the server's with ours, and the one that issues tokens with the one that answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.diagnose.finding import Finding, duration

if TYPE_CHECKING:
    from nologout.diagnose.observed import Observed

_OFF_S, _NODES_S = 30, 5


def clocks_differ(observed: Observed) -> Finding | None:
    """The server's clock and this machine's are apart; which is right cannot be seen from here."""
    clock = observed.clock
    if clock is None or abs(clock.ahead_s) - clock.within_s < _OFF_S:
        return None
    side = "ahead of" if clock.ahead_s > 0 else "behind"
    return Finding(
        name="clocks_differ",
        cause=5,
        gravity="risk",
        basis="measured",
        title="The server's clock and this machine's differ",
        evidence=f"the server is {duration(abs(clock.ahead_s))} {side} this machine (± {duration(clock.within_s)}), "
        "by its Date header",
        server="NTP",
        front_end="measure a token's age from when it arrived, never by comparing `exp` with the computer's clock",
    )


def nodes_differ(observed: Observed) -> Finding | None:
    """Tokens are issued by another clock than the one that answers: a fresh token may be of the future."""
    off = observed.clock.iat_ahead_s if observed.clock else None
    if off is None or abs(off) < _NODES_S:
        return None
    return Finding(
        name="nodes_differ",
        cause=5,
        gravity="risk",
        basis="measured",
        title="Two clocks of the server's own differ",
        evidence=f"a token's `iat` is {duration(abs(off))} {'after' if off > 0 else 'before'} its reply's Date header",
        server="NTP on every node, and SIMPLE_JWT LEEWAY = 10",
        front_end="retry a fresh token that is refused once, a moment later",
    )


RULES = (clocks_differ, nodes_differ)
