"""The server said how long to wait, and the client did not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.model.verdict import Breach


def ignored_retry_after(history: History, breach: Breach) -> Finding | None:
    """Name what the checker saw."""
    del history
    if breach.outcome != "impatient":
        return None
    return Finding(
        cause="ignored_retry_after",
        guide_cause=3,
        side="front end",
        evidence=breach.evidence,
        remedy="wait at least as long as Retry-After says before the next refresh; keep the session meanwhile",
    )
