"""What the app had stored was cleared or torn, and its tabs took that for a sign-out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.wire import refusals, tabs_lost
from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.model.verdict import Breach


def took_eviction_for_sign_out(history: History, breach: Breach) -> Finding | None:
    """Find storage that was cleared or torn, in a history where the server refused nothing but what was torn."""
    gone = [e for e in history.effects if e.fault in {"storage_evicted", "storage_corrupted"} and e.effect]
    out = tabs_lost(history, breach)
    if not gone or not out or any(_issued(history, e.refresh_used) for e in refusals(history)):
        return None
    return Finding(
        cause="took_eviction_for_sign_out",
        guide_cause=4,
        side="front end",
        evidence=f"storage was cleared or torn from outside ({gone[0].effect}), the server refused nothing, and "
        f"tab {out[0]} shows the sign-in form",
        remedy="mark a sign-out in storage (a tombstone), and take a value that is absent or unreadable for "
        "evicted: a tab that lives writes its tokens again",
    )


def _issued(history: History, label: str) -> bool:
    """Tell whether a refresh token is whole, for the server had handed it out; one that nobody saw counts as whole."""
    return label == "" or any(e.refresh_issued == label for e in history.exchanges)
