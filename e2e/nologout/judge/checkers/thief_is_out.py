"""A thief who replays an old refresh token gets nothing, and a server that detects reuse ends the family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.model.history import THIEF
from nologout.model.verdict import Breach

if TYPE_CHECKING:
    from nologout.judge.brief import Brief
    from nologout.model.history import History


def thief_is_out(history: History, brief: Brief) -> Breach | None:
    """Return what the thief got, or None."""
    for replay in (e for e in history.exchanges if e.tab == THIEF):
        if replay.refresh_issued or replay.access_issued:
            return Breach(
                "thief_served",
                f"the server gave the thief new tokens for {replay.refresh_used} (#{replay.id})",
            )
    alive = [s for s in history.server_sessions or () if s.alive]
    if brief.reuse_detection and alive:
        return Breach("thief_served", f"the token family {alive[0].sid} lives on after an old token of it came back")
    return None
