"""A token pair that is still good is not rotated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.wire import needless_refreshes
from nologout.model.verdict import Breach

if TYPE_CHECKING:
    from nologout.judge.brief import Brief
    from nologout.model.history import History


def no_needless_refresh(history: History, brief: Brief) -> Breach | None:
    """Return the first refresh that nothing called for, or None."""
    del brief
    for refresh, pair in needless_refreshes(history):
        told = f"tab {refresh.tab} refreshed (#{refresh.id}) while {pair.access_issued}, which #{pair.id} had brought"
        return Breach("needless_refresh", f"{told}, was good and never refused")
    return None
