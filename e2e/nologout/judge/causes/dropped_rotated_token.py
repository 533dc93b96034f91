"""The client goes on with a refresh token after it was handed that token's successor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.wire import brought_tokens, over_before
from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import Exchange, History
    from nologout.model.verdict import Breach


def dropped_rotated_token(history: History, breach: Breach) -> Finding | None:
    """Find a token presented again by a tab that had its successor."""
    del breach
    for later in history.refreshes:
        earlier = _successor_had(history, later)
        if earlier is not None:
            return Finding(
                cause="dropped_rotated_token",
                guide_cause=1,
                side="front end",
                evidence=f"tab {later.tab} presented {later.refresh_used} again (#{later.id}), although #{earlier.id} "
                f"had brought it {earlier.refresh_issued}",
                remedy="store the refresh token of every refresh's reply, not the access token alone",
            )
    return None


def _successor_had(history: History, later: Exchange) -> Exchange | None:
    for earlier in history.refreshes:
        same = earlier.refresh_used == later.refresh_used != "" and earlier.tab == later.tab
        rotated = earlier.refresh_issued not in {"", earlier.refresh_used}
        if same and rotated and brought_tokens(earlier) and over_before(earlier, later):
            return earlier
    return None
