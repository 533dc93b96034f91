"""A write to storage failed, and the client gave the session up for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.wire import refused, tabs_out
from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.model.verdict import Breach


def storage_write_failed(history: History, breach: Breach) -> Finding | None:
    """Find a failed write in a history where the server refused no refresh."""
    del breach
    failed = [e for e in history.page_events if e.name in {"idb_aborted", "storage_threw"}]
    if not failed or not tabs_out(history) or any(refused(e) for e in history.refreshes):
        return None
    return Finding(
        cause="storage_write_failed",
        guide_cause=4,
        side="front end",
        evidence=f"in tab {failed[0].tab} a write failed ({failed[0].detail}), and the session was given up although "
        "the server had refused no refresh",
        remedy="keep the new tokens in memory when they cannot be written, try the write again, and share them with "
        "the other tabs by channel",
    )
