"""Something between browser and server answers in the server's place: a captive portal, a busy gateway."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from nologout.stage.network.live import Answer, Pass
from nologout.stage.network.messages import Reply

if TYPE_CHECKING:
    from nologout.model.history import History, Role
    from nologout.stage.network.live import Action, Live
    from nologout.stage.stage import Stage

_PAGE = b"<!doctype html><title>Wi-Fi</title><h1>Accept the terms of use to go on</h1>"
_JSON = json.dumps({"detail": "Not now."}).encode()


class AnsweredInstead:
    """Answers every request of a role, in HTML or in JSON; the witness is the proxy's log."""

    name = "answered_instead"

    def __init__(self, role: Role, status: int, *, html: bool, retry_after_s: int = 0) -> None:
        self._role = role
        kind, body = ("text/html; charset=utf-8", _PAGE) if html else ("application/json", _JSON)
        wish = (("retry-after", str(retry_after_s)),) if retry_after_s else ()
        self._reply = Reply(headers=(("content-type", kind), *wish), body=body, status=status)

    def inject(self, stage: Stage) -> None:
        """Have the proxy answer from now on."""
        stage.ledger.rules.append(self)

    def at_door(self, live: Live) -> Action:
        """Answer before the server hears of it."""
        return Answer(self._reply) if live.role == self._role else Pass()

    def at_reply(self, live: Live) -> Action:
        """Leave the server's own replies alone."""
        del live
        return Pass()

    def effect(self, history: History) -> str:
        """Return what the proxy's log says of the answered request."""
        hit = [e for e in history.exchanges if e.role == self._role and e.fate == "answered_instead"]
        if not hit:
            return ""
        return f"#{hit[0].id} {hit[0].path} got {hit[0].shown}, and the server never heard of it"

    def lift(self, stage: Stage) -> None:
        """Let the server answer again."""
        if self in stage.ledger.rules:
            stage.ledger.rules.remove(self)
