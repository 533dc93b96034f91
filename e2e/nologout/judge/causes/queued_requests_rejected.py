"""Requests that came while a refresh was under way were not sent after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.wire import before_oracle, brought_tokens
from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.model.verdict import Breach


def queued_requests_rejected(history: History, breach: Breach) -> Finding | None:
    """Find a lost act after a refresh that went well."""
    done = [e for e in history.refreshes if brought_tokens(e) and e.seq < before_oracle(history)]
    if breach.outcome != "lost_request" or not done:
        return None
    return Finding(
        cause="queued_requests_rejected",
        guide_cause=1,
        side="front end",
        evidence=f"refresh #{done[0].id} of tab {done[0].tab} brought new tokens, and {breach.evidence}",
        remedy="queue what comes while a refresh is under way, and send all of it with the new token",
    )
