"""One tab presents the same refresh token twice at the same time, and is refused with one of the two."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from nologout.judge.wire import brought_tokens, refused, sent_at_once, unheard
from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import Exchange, History
    from nologout.model.verdict import Breach


def reused_in_one_tab(history: History, breach: Breach) -> Finding | None:
    """Find two refreshes of one page with one token, of which neither had waited for the other."""
    forked = breach.outcome == "forked_session"
    for one, two in combinations(history.refreshes, 2):
        same = one.refresh_used == two.refresh_used != "" and sent_at_once(history, one, two)
        if same and (forked or _cost(history, one, two) or _cost(history, two, one)):
            return Finding(
                cause="reused_in_one_tab",
                guide_cause=1,
                side="front end",
                evidence=f"tab {one.tab} sent {one.refresh_used} twice at the same time (#{one.id} and #{two.id}); "
                f"the server said {one.status} and {two.status}",
                remedy="refresh once at a time in a tab (single-flight): keep the promise of the refresh that is under "
                "way in a variable of the module, and let whoever needs a token await it; under React's StrictMode an "
                "effect that refreshes on mount runs twice",
            )
    return None


def _cost(history: History, winner: Exchange, loser: Exchange) -> bool:
    """Tell whether the page got new tokens by one and was refused with the other.

    Where the new tokens were lost on their way, a single refresh would have lost them too.
    """
    return brought_tokens(winner) and not unheard(history, winner) and refused(loser)
