"""The client compares a token's end with the device's clock, and that clock is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.wire import needless_refreshes
from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.model.verdict import Breach

_SKEW_S = 60


def judged_by_client_clock(history: History, breach: Breach) -> Finding | None:
    """Find a needless refresh on a device whose clock differs from the server's."""
    del breach
    skews = [m.browser_offset - m.server_offset for m in history.clock_moves]
    first = next(needless_refreshes(history), None)
    if first is None or not skews or abs(skews[-1]) < _SKEW_S:
        return None
    refresh, pair = first
    return Finding(
        cause="judged_by_client_clock",
        guide_cause=5,
        side="front end",
        evidence=f"the device's clock is {skews[-1] / 60:+.0f} minutes from the server's, and tab {refresh.tab} "
        f"rotated {pair.access_issued} (#{refresh.id}) that was good and never refused",
        remedy="reckon with the token's own span (exp - iat) from the moment of its arrival, corrected by the "
        "server's Date header, and let a 401 of the server's outrank the local clock",
    )
