"""One tab has no connection, although its browser says that it is online; the other tabs have one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.stage.network.live import Drop, Pass

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.stage.network.live import Action, Live
    from nologout.stage.stage import Stage


class CutOff:
    """Drops whatever one tab sends; the witness is the proxy's log of a request that never arrived."""

    name = "cut_off"

    def __init__(self, tab: str) -> None:
        self._tab = tab

    def inject(self, stage: Stage) -> None:
        """Have the proxy reset every connection of the tab's."""
        stage.ledger.rules.append(self)

    def at_door(self, live: Live) -> Action:
        """Drop what the tab sends."""
        return Drop() if live.tab == self._tab else Pass()

    def at_reply(self, live: Live) -> Action:
        """Leave replies alone."""
        del live
        return Pass()

    def effect(self, history: History) -> str:
        """Return which request of the tab's the server never heard of."""
        lost = [e for e in history.exchanges if e.tab == self._tab and e.fate == "refused_at_door"]
        return f"#{lost[0].id} {lost[0].path} of tab {self._tab} never reached the server" if lost else ""

    def lift(self, stage: Stage) -> None:
        """Connect the tab again."""
        if self in stage.ledger.rules:
            stage.ledger.rules.remove(self)
