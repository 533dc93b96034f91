"""The client goes on with a refresh token after it was handed that token's successor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.wire import successor_had, write_failed_between
from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.model.verdict import Breach


def dropped_rotated_token(history: History, breach: Breach) -> Finding | None:
    """Find a token presented again by a tab that had its successor."""
    del breach
    for later in history.refreshes:
        earlier = successor_had(history, later)
        if earlier is not None and not write_failed_between(history, earlier, later):
            return Finding(
                cause="dropped_rotated_token",
                guide_cause=1,
                side="front end",
                evidence=f"tab {later.tab} presented {later.refresh_used} again (#{later.id}), although "
                f"#{earlier.id} had brought it {earlier.refresh_issued}",
                remedy="store the refresh token of every refresh's reply, not the access token alone",
            )
    return None
