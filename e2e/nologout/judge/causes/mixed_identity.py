"""A request of one user goes out with the token of another who signed in meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.model.verdict import Breach


def mixed_identity(history: History, breach: Breach) -> Finding | None:
    """Name what the checker saw."""
    del history
    if breach.outcome != "leak":
        return None
    return Finding(
        cause="mixed_identity",
        guide_cause=0,
        side="front end",
        evidence=breach.evidence,
        remedy="remember with each request whose it is, before any wait, and reject it when somebody else is "
        "signed in by then",
    )
