"""The reply to one API request comes late: after other requests have gone on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.stage.network.live import Hold, Pass

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.stage.network.live import Action, Live
    from nologout.stage.stage import Stage


class LateReply:
    """Holds the first API reply of a status until it is delivered; the witness is the proxy's log."""

    name = "late_reply"

    def __init__(self, status: int) -> None:
        self._status = status
        self._held: int | None = None

    def inject(self, stage: Stage) -> None:
        """Have the proxy hold the first such reply."""
        for tab in stage.tabs.values():
            tab.bypass_cache()
        stage.ledger.rules.append(self)

    def at_door(self, live: Live) -> Action:
        """Let the server hear of it at once."""
        del live
        return Pass()

    def at_reply(self, live: Live) -> Action:
        """Hold the first API reply of that status."""
        fits = live.role == "api" and live.reply is not None and live.reply.status == self._status
        if self._held is not None or not fits:
            return Pass()
        self._held = live.id
        return Hold()

    def effect(self, history: History) -> str:
        """Return which reply arrived after a refresh that began later was over."""
        late = next((e for e in history.exchanges if e.id == self._held and e.fate == "delivered"), None)
        if late is None:
            return ""
        overtaken = [r for r in history.refreshes if r.id > late.id and (r.ended or 0) < (late.ended or 0)]
        if not overtaken:
            return ""
        return f"the {late.shown} to #{late.id} {late.path} arrived after refresh #{overtaken[0].id} was over"

    def deliver(self, stage: Stage) -> None:
        """Deliver the held reply, and wait until its tab has dealt with it."""
        for live in stage.ledger.held("reply"):
            if live.id == self._held:
                stage.proxy.release(live, Pass())
        stage.settle()

    def lift(self, stage: Stage) -> None:
        """Hold nothing any more."""
        if self in stage.ledger.rules:
            stage.ledger.rules.remove(self)
            self.deliver(stage)
