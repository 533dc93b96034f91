"""A refresh token that had been rotated away was honoured, or its family went on living."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.model.history import THIEF
from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.model.verdict import Breach


def theft_not_detected(history: History, breach: Breach) -> Finding | None:
    """Find a replay that did not end the session."""
    replay = next((e for e in history.exchanges if e.tab == THIEF), None)
    served = replay is not None and bool(replay.refresh_issued or replay.access_issued)
    if replay is None or not (served or breach.outcome == "thief_served"):
        return None
    return Finding(
        cause="theft_not_detected",
        guide_cause=0,
        side="server",
        evidence=f"the thief presented {replay.refresh_used} (#{replay.id}) and the server answered {replay.status}",
        remedy="end the whole token family when a token two or more generations old comes back",
    )
