"""Where a session has ended, the page says something about it, in every tab and after a reload too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.model.verdict import Breach

if TYPE_CHECKING:
    from nologout.judge.brief import Brief
    from nologout.model.history import History


def tells_why(history: History, brief: Brief) -> Breach | None:
    """Return the first tab that shows sign-in without a word, or None."""
    for look in (*history.endings, *(history.looks if brief.must_end else ())):
        if look.looks == "signed_out" and not look.words:
            return Breach("no_reason", f"tab {look.tab} shows the sign-in form, and does not say why")
    return None
