"""A tab that came by a link into the app is still there in the end, also when it had to sign in again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.model.verdict import Breach

if TYPE_CHECKING:
    from nologout.judge.brief import Brief
    from nologout.model.history import History


def stays_at_link(history: History, brief: Brief) -> Breach | None:
    """Return the first tab that is signed in somewhere else, or None."""
    del brief
    came = {e.tab: e.detail for e in history.page_events if e.name == "came_by"}
    for look in history.looks:
        link = came.get(look.tab, look.place)
        if look.then == "signed_in" and look.place != link:
            return Breach("elsewhere", f"tab {look.tab} came by {link}, and is at {look.place} now")
    return None
