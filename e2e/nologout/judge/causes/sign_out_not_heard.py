"""The session ended in one tab, and another one goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.model.verdict import Breach


def sign_out_not_heard(history: History, breach: Breach) -> Finding | None:
    """Find a tab that ended and one that did not."""
    if breach.outcome != "still_signed_in":
        return None
    settled = [look for look in history.looks if look.phase == "settled"]
    ended = [look.tab for look in settled if look.looks == "signed_out"]
    on = [look.tab for look in settled if look.looks == "signed_in"]
    if not ended or not on:
        return None
    return Finding(
        cause="sign_out_not_heard",
        guide_cause=0,
        side="front end",
        evidence=f"tab {ended[0]} shows the end of the session, tab {on[0]} goes on with what it has in memory",
        remedy="tell every tab of the end (BroadcastChannel, storage event) and leave a mark in storage that a tab "
        "looks at when it wakes up",
    )
