"""The refresh token reached its end although the user had been there within its lifetime."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.wire import refused
from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import Exchange, History
    from nologout.model.verdict import Breach

_LONG_S = 3600


def refresh_token_aged_out(history: History, breach: Breach) -> Finding | None:
    """Find a refused refresh of a token that was never replaced, in a session that was used after its sign-in."""
    if breach.outcome not in {"fatal_logout", "recoverable_false_logout"}:
        return None
    old = next((e for e in history.refreshes if refused(e) and _served_meanwhile(history, e)), None)
    if old is None:
        return None
    return Finding(
        cause="refresh_token_aged_out",
        guide_cause=0,
        side="configuration",
        evidence=f"the server refused {old.refresh_used} (#{old.id}) long after it had handed it out, although "
        "the user had been served meanwhile",
        remedy="count a session's age from its last use: rotate refresh tokens, and renew them more often than "
        "every few hours; or give sessions the length that their users need",
    )


def _served_meanwhile(history: History, refusal: Exchange) -> bool:
    issued = next((e for e in history.exchanges if e.refresh_issued == refusal.refresh_used != ""), None)
    if issued is None or refusal.server_time - issued.server_time < _LONG_S:
        return False
    return any(
        e.role in {"api", "refresh"} and (e.status or 500) < 400 and issued.id < e.id < refusal.id
        for e in history.exchanges
    )
