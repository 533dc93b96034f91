"""When the session must end, every tab shows it, before and after a reload."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.model.verdict import Breach

if TYPE_CHECKING:
    from nologout.judge.brief import Brief
    from nologout.model.history import History


def session_ends(history: History, brief: Brief) -> Breach | None:
    """Return the first tab that goes on after the end, or None; a step may have waited for an end too."""
    for look in (*history.endings, *(history.looks if brief.must_end else ())):
        if look.looks == "signed_in":
            served = " and is still served" if look.probe == "served" else ""
            return Breach("still_signed_in", f"the session has ended, yet tab {look.tab} looks signed in{served}")
        if look.looks == "blank":
            return Breach("blank", f"the session has ended, and tab {look.tab} shows no sign-in form")
    return None
