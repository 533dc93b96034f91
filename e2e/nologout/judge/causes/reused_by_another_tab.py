"""Two tabs present the same refresh token at the same time, and one of them is refused."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from nologout.judge.wire import over_before, reached_nobody, refused
from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import Exchange, History
    from nologout.model.verdict import Breach


def reused_by_another_tab(history: History, breach: Breach) -> Finding | None:
    """Find two overlapping refreshes of different tabs with one token."""
    forked = breach.outcome == "forked_session"
    for one, two in combinations(history.refreshes, 2):
        if _race(one, two) and (forked or _cost(history, one, two) or _cost(history, two, one)):
            return Finding(
                cause="reused_refresh_token",
                guide_cause=2,
                side="front end",
                evidence=f"tab {one.tab} (#{one.id}) and tab {two.tab} (#{two.id}) presented {one.refresh_used} "
                f"at the same time; the server said {one.status} and {two.status}",
                remedy="refresh in one tab at a time: take a cross-tab lock (Web Locks), read the stored tokens "
                "again under it, and adopt newer ones instead of refreshing",
            )
    return None


def _race(one: Exchange, two: Exchange) -> bool:
    same = one.refresh_used == two.refresh_used != ""
    return same and one.tab != two.tab and not over_before(one, two) and not over_before(two, one)


def _cost(history: History, winner: Exchange, loser: Exchange) -> bool:
    """Tell whether one was granted and the other refused; two that are both refused fail for another reason.

    Where the network or a person took the winner's tokens away no lock could have shared them: the loser had to be
    refused. A winner whose own client gave them up is one of two that race.
    """
    return winner.granted and refused(loser) and not reached_nobody(history, winner)
