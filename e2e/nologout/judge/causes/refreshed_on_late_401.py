"""A refusal that an older access token earned makes the client rotate a newer one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.wire import needless_refreshes, over_before
from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.model.verdict import Breach


def refreshed_on_late_401(history: History, breach: Breach) -> Finding | None:
    """Find a needless refresh right after a 401 to an older token."""
    del breach
    for refresh, pair in needless_refreshes(history):
        late = [
            e
            for e in history.exchanges
            if (e.tab, e.shown) == (refresh.tab, 401)
            and e.access_used not in {"", pair.access_issued}
            and (e.ended or 0) > (pair.ended or 0)
            and over_before(e, refresh)
        ]
        if late:
            return Finding(
                cause="refreshed_on_late_401",
                guide_cause=1,
                side="front end",
                evidence=f"the 401 to #{late[-1].id} was earned by {late[-1].access_used}, yet tab {refresh.tab} "
                f"rotated {pair.refresh_issued or pair.access_issued} for it (#{refresh.id})",
                remedy="on a 401, compare the token that the request was sent with to the current one: if they "
                "differ, send the request again with the current one and do not refresh",
            )
    return None
