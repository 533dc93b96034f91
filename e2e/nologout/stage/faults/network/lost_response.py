"""The server acts on a request, and its reply never reaches the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.stage.network.live import Drop, Pass

if TYPE_CHECKING:
    from nologout.model.history import History, Role
    from nologout.stage.network.live import Action, Live
    from nologout.stage.stage import Stage


class LostResponse:
    """Loses the reply to the next request of a role; the witness is the proxy's log.

    `then_silence`: from then on no request arrives at all, until the network heals.
    """

    name = "lost_response"

    def __init__(self, role: Role, *, then_silence: bool = False) -> None:
        self._role = role
        self._then_silence = then_silence
        self._done = False

    def inject(self, stage: Stage) -> None:
        """Have the proxy drop the next reply of that role."""
        stage.ledger.rules.append(self)

    def at_door(self, live: Live) -> Action:
        """Let the server hear of it, unless silence has fallen."""
        del live
        return Drop() if self._done and self._then_silence else Pass()

    def at_reply(self, live: Live) -> Action:
        """Drop the first successful reply."""
        if self._done or live.role != self._role or live.reply is None or live.reply.status >= 400:
            return Pass()
        self._done = True
        return Drop()

    def effect(self, history: History) -> str:
        """Return what the proxy's log says of the lost reply."""
        lost = [e for e in history.exchanges if e.role == self._role and e.fate == "lost"]
        if not lost:
            return ""
        first = lost[0]
        return f"the server answered {first.status} to #{first.id} {first.path}, and no reply reached tab {first.tab}"

    def lift(self, stage: Stage) -> None:
        """Lose no reply any more."""
        if self in stage.ledger.rules:
            stage.ledger.rules.remove(self)
