"""The reply to a refresh breaks off in the middle: the status arrives, the tokens do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.stage.network.live import CutShort, Pass

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.stage.network.live import Action, Live
    from nologout.stage.stage import Stage


class ReplyCutShort:
    """Cuts the next good reply to a refresh; the witness is the proxy's log."""

    name = "reply_cut_short"

    def __init__(self) -> None:
        self._done = False

    def inject(self, stage: Stage) -> None:
        """Have the proxy cut the next one."""
        stage.ledger.rules.append(self)

    def at_door(self, live: Live) -> Action:
        """Let the server hear of it."""
        del live
        return Pass()

    def at_reply(self, live: Live) -> Action:
        """Cut the first good reply."""
        if self._done or live.role != "refresh" or live.reply is None or live.reply.status >= 400:
            return Pass()
        self._done = True
        return CutShort()

    def effect(self, history: History) -> str:
        """Return what the proxy's log says of the reply."""
        cut = [e for e in history.refreshes if e.fate == "cut_short"]
        return (
            f"the server answered {cut[0].status} to #{cut[0].id}, and half of it reached tab {cut[0].tab}"
            if cut
            else ""
        )

    def lift(self, stage: Stage) -> None:
        """Cut nothing any more."""
        if self in stage.ledger.rules:
            stage.ledger.rules.remove(self)
