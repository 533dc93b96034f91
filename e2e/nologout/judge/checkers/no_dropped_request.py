"""Each request that was refused for its old access token is sent again with the new one, and served."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.wire import over_before
from nologout.model.verdict import Breach

if TYPE_CHECKING:
    from nologout.judge.brief import Brief
    from nologout.model.history import Exchange, History


def no_dropped_request(history: History, brief: Brief) -> Breach | None:
    """Return a request that was refused and never served afterwards, or None.

    The requests that the oracle adds come after its first look, and do not count.
    """
    del brief
    end = min((look.seq for look in history.looks), default=len(history.events) + 1)
    unserved: list[Exchange] = []
    for act in (e for e in history.exchanges if e.role == "api" and e.seq < end):
        before = next((e for e in unserved if _is_sent_again(e, act)), None)
        if before:
            unserved.remove(before)
        if act.shown == 401 or (before and (act.shown or 500) >= 400):
            unserved.append(act)
    if not unserved:
        return None
    lost = unserved[0]
    return Breach("lost_request", f"#{lost.id}: tab {lost.tab} had {lost.method} {lost.path} refused, and never served")


def _is_sent_again(refused: Exchange, later: Exchange) -> bool:
    """Tell whether a request may be a refused one's second try: the same, later, and not with the same token."""
    same = (refused.tab, refused.method, refused.path) == (later.tab, later.method, later.path)
    token = later.access_used
    return same and over_before(refused, later) and (token == "" or token != refused.access_used)
