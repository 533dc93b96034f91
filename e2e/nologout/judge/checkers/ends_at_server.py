"""After the end of a session the server honours none of its tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.model.verdict import Breach

if TYPE_CHECKING:
    from nologout.judge.brief import Brief
    from nologout.model.history import History


def ends_at_server(history: History, brief: Brief) -> Breach | None:
    """Return the session that the server would still go on with, or None; not every server can be asked."""
    alive = [s for s in history.server_sessions or () if s.alive]
    if not brief.must_end or not alive:
        return None
    return Breach(
        "session_left_alive", f"the tabs show sign-in, and the server would still renew session {alive[0].sid}"
    )
