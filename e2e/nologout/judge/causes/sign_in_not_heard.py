"""The user signed in again in one tab, and another one goes on showing the sign-in form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.wire import brought_tokens, tabs_out
from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.model.verdict import Breach


def sign_in_not_heard(history: History, breach: Breach) -> Finding | None:
    """Find a tab that is out although another one signed in after the session had ended."""
    again = [e for e in history.exchanges if e.role == "sign_in" and brought_tokens(e)][1:]
    heard = {look.tab for look in history.looks if look.looks == "signed_in"}
    out = [tab for tab in tabs_out(history) if again and again[-1].tab in heard - {tab}]
    if breach.outcome not in {"recoverable_false_logout", "fatal_logout"} or not out:
        return None
    return Finding(
        cause="sign_in_not_heard",
        guide_cause=2,
        side="front end",
        evidence=f"tab {again[-1].tab} signed in (#{again[-1].id}), and tab {out[0]} still shows the sign-in form",
        remedy="tell every tab of a sign-in (BroadcastChannel, storage event), as of a sign-out",
    )
