"""Something between browser and server answers in the server's place: a captive portal, a deploy page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.stage.network.live import Answer, Pass
from nologout.stage.network.messages import Reply

if TYPE_CHECKING:
    from nologout.model.history import History, Role
    from nologout.stage.network.live import Action, Live
    from nologout.stage.stage import Stage

_PAGE = b"<!doctype html><title>Wi-Fi</title><h1>Accept the terms of use to go on</h1>"


class AnsweredInstead:
    """Answers every request of a role with a page of HTML; the witness is the proxy's log."""

    name = "answered_instead"

    def __init__(self, role: Role, status: int) -> None:
        self._role = role
        self._status = status

    def inject(self, stage: Stage) -> None:
        """Have the proxy answer from now on."""
        stage.ledger.rules.append(self)

    def at_door(self, live: Live) -> Action:
        """Answer before the server hears of it."""
        if live.role != self._role:
            return Pass()
        headers = (("content-type", "text/html; charset=utf-8"),)
        return Answer(Reply(headers=headers, body=_PAGE, status=self._status))

    def at_reply(self, live: Live) -> Action:
        """Leave the server's own replies alone."""
        del live
        return Pass()

    def effect(self, history: History) -> str:
        """Return what the proxy's log says of the answered request."""
        hit = [e for e in history.exchanges if e.role == self._role and e.fate == "answered_instead"]
        if not hit:
            return ""
        return f"#{hit[0].id} {hit[0].path} got {hit[0].shown} with HTML, and the server never heard of it"

    def lift(self, stage: Stage) -> None:
        """Let the server answer again."""
        if self in stage.ledger.rules:
            stage.ledger.rules.remove(self)
