"""The client sends a refreshed access token under another scheme than the first, and the server does not take it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import Exchange, History
    from nologout.model.verdict import Breach

_LOSSES = frozenset({"fatal_logout", "recoverable_false_logout", "zombie", "lost_request"})


def changed_scheme(history: History, breach: Breach) -> Finding | None:
    """Find a new token that was never served, where tokens had been served under another scheme."""
    if breach.outcome not in _LOSSES:
        return None
    for refusal in (e for e in history.exchanges if _refused_new(history, e)):
        served = [e for e in history.exchanges if e.role == "api" and e.served and e.scheme and e.at < refusal.at]
        if served and all(e.scheme != refusal.scheme for e in served):
            return Finding(
                cause="changed_scheme",
                guide_cause=1,
                side="front end",
                evidence=f"tab {refusal.tab} sent {refusal.access_used}, fresh from a refresh, as `{refusal.scheme}` "
                f"(#{refusal.id}) and was refused; what was served before had come as `{served[-1].scheme}` "
                f"(#{served[-1].id})",
                remedy="make the Authorization header in one place, for every request: with the scheme that the server "
                "takes (AUTH_HEADER_TYPES in SimpleJWT; `Bearer` by default)",
            )
    return None


def _refused_new(history: History, exchange: Exchange) -> bool:
    """Tell whether the server refused a token as it was, which a refresh had brought."""
    untouched = exchange.role == "api" and exchange.status == exchange.shown == 401 and not exchange.spoiled
    brought = any(e.access_issued == exchange.access_used for e in history.refreshes)
    return untouched and exchange.scheme != "" and exchange.access_used != "" and brought
