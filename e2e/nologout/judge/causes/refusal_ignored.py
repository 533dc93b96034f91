"""The server refuses the session, again and again, and the client goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.wire import refused
from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import Exchange, History
    from nologout.model.verdict import Breach


def refusal_ignored(history: History, breach: Breach) -> Finding | None:
    """Find a refusal in a history where a tab goes on after the end, or storms the server."""
    refusals = [e for e in history.refreshes if refused(e)] or [e for e in history.exchanges if _barred(e)]
    if breach.outcome not in {"still_signed_in", "refresh_storm"} or not refusals:
        return None
    last = refusals[-1]
    times = sum(e.tab == last.tab for e in refusals)
    return Finding(
        cause="refusal_ignored",
        guide_cause=0,
        side="front end",
        evidence=f"the server refused #{last.id} of tab {last.tab} with {last.status} "
        f"({last.reason or 'no code'}), its refusal "
        f"number {times}, and that tab did not end",
        remedy="take the server's own refusal (its 401 in JSON, with SimpleJWT's code) for the end of the "
        "session, in every tab, and say why",
    )


def _barred(exchange: Exchange) -> bool:
    return exchange.role == "api" and exchange.shown == 401 and exchange.reason.startswith("user_")
