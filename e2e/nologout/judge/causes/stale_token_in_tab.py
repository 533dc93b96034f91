"""A tab goes on with a refresh token that another tab has rotated away before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.wire import over_before, refused
from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import Exchange, History
    from nologout.model.verdict import Breach


def stale_token_in_tab(history: History, breach: Breach) -> Finding | None:
    """Find a refused refresh whose token another tab's refresh had used up, and was over."""
    del breach
    found = _stale(history)
    if found is None:
        return None
    earlier, later = found
    return Finding(
        cause="stale_token_in_tab",
        guide_cause=2,
        side="front end",
        evidence=f"tab {earlier.tab} had rotated {earlier.refresh_used} (#{earlier.id}) before tab {later.tab} "
        f"presented it (#{later.id}); the server said {later.status}",
        remedy="share new tokens with every tab (storage that all of them read, BroadcastChannel), and read what "
        "is stored before each refresh",
    )


def _stale(history: History) -> tuple[Exchange, Exchange] | None:
    for later in (e for e in history.refreshes if refused(e)):
        for earlier in history.refreshes:
            same = earlier.refresh_used == later.refresh_used != ""
            rotated = earlier.fate == "delivered" and earlier.refresh_issued not in {"", earlier.refresh_used}
            if same and rotated and earlier.tab != later.tab and over_before(earlier, later):
                return earlier, later
    return None
