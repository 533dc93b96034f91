"""No tab sends more than five refreshes within three seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.model.verdict import Breach

if TYPE_CHECKING:
    from nologout.judge.brief import Brief
    from nologout.model.history import History

MOST = 5
WINDOW_S = 3.0


def no_refresh_storm(history: History, brief: Brief) -> Breach | None:
    """Return the first tab that stormed the server, or None."""
    del brief
    times: dict[str, list[float]] = {}
    moves = [move.at for move in history.clock_moves]
    for refresh in history.refreshes:
        # To the app, days may lie between two refreshes that were played within a second.
        since = max([refresh.at - WINDOW_S, *(at for at in moves if at <= refresh.at)])
        recent = times.setdefault(refresh.tab, [])
        recent[:] = [at for at in recent if at >= since] + [refresh.at]
        if len(recent) > MOST:
            return Breach("refresh_storm", f"tab {refresh.tab} sent {len(recent)} refreshes within {WINDOW_S:.0f} s")
    return None
