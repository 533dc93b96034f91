"""A write to storage failed, or there is no storage, and the session was lost with what should have been written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.wire import failed_writes, has_no_storage, refused, successor_had, tabs_lost, write_failed_between
from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import Exchange, History
    from nologout.model.verdict import Breach


def storage_write_failed(history: History, breach: Breach) -> Finding | None:
    """Find a failed write or its like, in a history where the server refused nothing that it does not explain."""
    failed = failed_writes(history)
    unexplained = any(_refused_for_another_reason(history, e) for e in history.refreshes)
    if not failed or unexplained or not tabs_lost(history, breach):
        return None
    what = "there is no storage" if has_no_storage(failed[0]) else f"a write failed ({failed[0].detail})"
    return Finding(
        cause="storage_write_failed",
        guide_cause=4,
        side="front end",
        evidence=f"in tab {failed[0].tab} {what}, and the session was lost although the server refused nothing but a "
        "token that the missing write should have replaced",
        remedy="keep the new tokens in memory when they cannot be written, try the write again, and share them with "
        "the other tabs by channel",
    )


def _refused_for_another_reason(history: History, refresh: Exchange) -> bool:
    earlier = successor_had(history, refresh)
    return refused(refresh) and (earlier is None or not write_failed_between(history, earlier, refresh))
