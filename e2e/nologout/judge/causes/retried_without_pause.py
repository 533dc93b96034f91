"""A refresh failed in passing, and the client tried again at once, again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.wire import refusals, transient
from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.model.verdict import Breach

_MANY = 5


def retried_without_pause(history: History, breach: Breach) -> Finding | None:
    """Find a storm of refreshes that failed in passing, where the server refused none."""
    failed = [e for e in history.refreshes if transient(e)]
    if breach.outcome != "refresh_storm" or refusals(history) or len(failed) < _MANY:
        return None
    first, last = failed[0], failed[_MANY - 1]
    return Finding(
        cause="retried_without_pause",
        guide_cause=3,
        side="front end",
        evidence=f"refresh #{first.id} of tab {first.tab} failed in passing, and within {last.at - first.at:.1f} s "
        f"{_MANY - 1} more followed that failed likewise",
        remedy="try a failed refresh again with exponential back-off and jitter, and at once only when the device is "
        "online again",
    )
