"""A request never arrives: its connection breaks before the server has heard of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.stage.network.live import Drop, Pass

if TYPE_CHECKING:
    from nologout.model.history import History, Role
    from nologout.stage.network.live import Action, Live
    from nologout.stage.stage import Stage


class LostRequest:
    """Loses the next request of a role; the witness is the proxy's log."""

    name = "lost_request"

    def __init__(self, role: Role) -> None:
        self._role = role
        self._done = False

    def inject(self, stage: Stage) -> None:
        """Have the proxy reset the next connection with such a request."""
        stage.ledger.rules.append(self)

    def at_door(self, live: Live) -> Action:
        """Drop the first one."""
        if self._done or live.role != self._role:
            return Pass()
        self._done = True
        return Drop()

    def at_reply(self, live: Live) -> Action:
        """Leave replies alone."""
        del live
        return Pass()

    def effect(self, history: History) -> str:
        """Return which request the server never heard of."""
        lost = [e for e in history.exchanges if e.role == self._role and e.fate == "refused_at_door"]
        return f"#{lost[0].id} {lost[0].path} of tab {lost[0].tab} never reached the server" if lost else ""

    def lift(self, stage: Stage) -> None:
        """Lose no request any more."""
        if self in stage.ledger.rules:
            stage.ledger.rules.remove(self)
