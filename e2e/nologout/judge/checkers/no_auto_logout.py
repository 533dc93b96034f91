"""While the session need not end, every tab looks signed in and is served, before and after a reload."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.model.verdict import Breach

if TYPE_CHECKING:
    from nologout.judge.brief import Brief
    from nologout.model.history import History, Look
    from nologout.model.verdict import Outcome


def no_auto_logout(history: History, brief: Brief) -> Breach | None:
    """Return how the first tab that lost its session looked, or None."""
    if brief.must_end:
        return None
    wrong = [look for look in history.looks if not _fine(look)]
    if not wrong:
        return None
    return Breach(_outcome(wrong[0], history), _evidence(wrong[0], history))


def _fine(look: Look) -> bool:
    return look.looks == look.then == "signed_in" and look.probe == "served"


def _outcome(look: Look, history: History) -> Outcome:
    if look.then == "blank":
        return "blank"
    if look.then == "signed_in":
        return "zombie"
    later = [other for other in history.looks if other.tab == look.tab and other.seq > look.seq]
    return "recoverable_false_logout" if any(_fine(other) for other in later) else "fatal_logout"


def _evidence(look: Look, history: History) -> str:
    when = "after a reload" if look.phase == "reloaded" else "once the network had healed"
    shown = {"signed_in": "looks signed in", "signed_out": "shows the sign-in form", "blank": _nothing(look, history)}
    got = (
        {"refused": ", but every request is refused", "no_request": ", but nothing is served"}.get(look.probe, "")
        if look.then == "signed_in"
        else ""
    )
    words = f" («{look.words}»)" if look.words else ""
    return f"{when} tab {look.tab} {shown[look.then]}{got}{words}"


def _nothing(look: Look, history: History) -> str:
    empty = [e.detail for e in history.page_events if e.name == "stayed_empty" and e.tab == look.tab]
    return f"is empty ({empty[0]})" if empty else "shows neither the app nor the sign-in form"
