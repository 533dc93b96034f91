"""What a user does gets done once nothing is in its way, without a second click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.model.verdict import Breach

if TYPE_CHECKING:
    from nologout.judge.brief import Brief
    from nologout.model.history import History


def no_lost_request(history: History, brief: Brief) -> Breach | None:
    """Return the first act that nothing came of, or None."""
    if brief.must_end:
        return None
    unserved = [e for e in history.page_events if e.name == "act_unserved"]
    return Breach("lost_request", f"in tab {unserved[0].tab} {unserved[0].detail}") if unserved else None
