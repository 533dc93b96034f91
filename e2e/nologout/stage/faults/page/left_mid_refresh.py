"""A page goes away, by a reload or with its tab, while its refresh is under way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nologout.errors import HarnessError

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.stage.stage import Stage

_HANGS_UP_S = 1.0


class LeftMidRefresh:
    """Closes or reloads a tab; the witness is the proxy, which held a refresh of the page's at that moment."""

    name = "left_mid_refresh"

    def __init__(self, tab: str, by: Literal["close", "reload"]) -> None:
        self._tab = tab
        self._by = by
        self._held: set[int] = set()
        self._left = float("inf")

    def inject(self, stage: Stage) -> None:
        """Close or reload it.

        Raises:
            HarnessError: There is no such tab.
        """
        if self._tab not in stage.tabs:
            raise HarnessError(f"tab {self._tab!r} is not open")
        held = (*stage.ledger.held("door"), *stage.ledger.held("reply"))
        self._held = {live.id for live in held if live.tab == self._tab and live.role == "refresh"}
        self._left = stage.tape.now()
        if self._by == "close":
            stage.close_tab(self._tab)
        else:
            stage.reload_tab(self._tab)
        # The browser hangs up a moment later, unless the request is to outlive its page.
        stage.wait_until(lambda: self._held.isdisjoint(live.id for live in stage.ledger.under_way()), _HANGS_UP_S)

    def effect(self, history: History) -> str:
        """Return which refresh outlived the page that had sent it."""
        for refresh in history.refreshes:
            if refresh.id in self._held and (refresh.ended or 0) >= self._left:
                heard = f"answered {refresh.status}" if refresh.status else "never heard of it"
                return f"the page of tab {self._tab} was gone before refresh #{refresh.id} was over; the server {heard}"
        return ""

    def lift(self, stage: Stage) -> None:
        """Leave it: what is gone is gone."""
