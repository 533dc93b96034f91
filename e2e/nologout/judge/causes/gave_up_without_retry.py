"""A refresh failed in passing, and the client did not try again by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.wire import before_oracle, transient
from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.model.verdict import Breach


def gave_up_without_retry(history: History, breach: Breach) -> Finding | None:
    """Find a lost act whose last refresh had failed in passing."""
    before = [e for e in history.refreshes if e.seq < before_oracle(history)]
    if breach.outcome != "lost_request" or not before or not transient(before[-1]):
        return None
    return Finding(
        cause="gave_up_without_retry",
        guide_cause=3,
        side="front end",
        evidence=f"refresh #{before[-1].id} of tab {before[-1].tab} failed in passing, no other followed, and "
        "nothing came of what its user had done",
        remedy="try a failed refresh again by itself (exponential back-off with jitter, at once when the device "
        "is online again), and let requests wait for it",
    )
