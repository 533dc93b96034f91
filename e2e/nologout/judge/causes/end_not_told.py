"""The session has ended, and the page does not say why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.model.verdict import Breach


def end_not_told(history: History, breach: Breach) -> Finding | None:
    """Name what the checker saw."""
    del history
    if breach.outcome != "no_reason":
        return None
    return Finding(
        cause="end_not_told",
        guide_cause=0,
        side="front end",
        evidence=breach.evidence,
        remedy="keep the reason of the end where a reload finds it, and show it beside the sign-in form",
    )
