"""A token that cannot be renewed once it has expired was left to expire, although its user was there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.wire import refused, renews_itself, tabs_lost
from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import Exchange, History
    from nologout.model.verdict import Breach


def renewed_too_late(history: History, breach: Breach) -> Finding | None:
    """Find a refused renewal of an expired token that is its own refresh token."""
    late = next((e for e in history.refreshes if refused(e) and _expired(history, e)), None)
    if late is None or not tabs_lost(history, breach):
        return None
    return Finding(
        cause="renewed_too_late",
        guide_cause=5,
        side="front end",
        evidence=f"{late.refresh_used} had expired when tab {late.tab} came to renew it (#{late.id}), and such a "
        "token cannot be renewed then",
        remedy="renew a sliding token well before it expires (a buffer, at best half its life), and give it a "
        "life longer than the longest absence that it must survive",
    )


def _expired(history: History, refresh: Exchange) -> bool:
    """Tell whether a refresh presents a token that renews itself after its end."""
    ends = [e.access_expires for e in history.exchanges if e.access_issued == refresh.refresh_used]
    return renews_itself(history, refresh.refresh_used) and any(end and end <= refresh.server_time for end in ends)
