"""A script of the page's ended with an error, and the page shows nothing of use since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.model.verdict import Breach


def script_failed(history: History, breach: Breach) -> Finding | None:
    """Find an error that nothing caught in a tab that then showed neither the app nor the sign-in form."""
    if breach.outcome != "blank":
        return None
    bare = {look.tab for look in history.looks if "blank" in {look.looks, look.then}}
    error = next((e for e in history.page_events if e.name == "page_error" and e.tab in bare), None)
    if error is None:
        return None
    return Finding(
        cause="script_failed",
        guide_cause=0,
        side="front end",
        evidence=f"nothing caught «{error.detail}» in tab {error.tab}, and nothing of use is shown there",
        remedy="catch what can fail while the page starts (storage, the first request), and show the app, the "
        "sign-in form, or what is wrong and how to try again",
    )
