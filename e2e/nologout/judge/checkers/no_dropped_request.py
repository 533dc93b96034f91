"""Each request that was refused for its old access token is sent again with the new one, and served."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nologout.model.verdict import Breach

if TYPE_CHECKING:
    from nologout.judge.brief import Brief
    from nologout.model.history import History


def no_dropped_request(history: History, brief: Brief) -> Breach | None:
    """Return where fewer requests were served than had been refused before, or None.

    The requests that the oracle adds come after its first look, and do not count.
    """
    del brief
    end = min((look.seq for look in history.looks), default=len(history.events) + 1)
    acts = [e for e in history.exchanges if e.role == "api" and e.seq < end]
    refused = Counter((e.tab, e.method, e.path) for e in acts if e.shown == 401)
    first = {(e.tab, e.method, e.path): e.at for e in reversed(acts) if e.shown == 401}
    for key, count in refused.items():
        served = sum((e.tab, e.method, e.path) == key and (e.shown or 500) < 400 and e.at > first[key] for e in acts)
        if served < count:
            tab, method, path = key
            return Breach(
                "lost_request", f"tab {tab} had {count} {method} {path} refused, and got {served} served after it"
            )
    return None
