"""Ends a storm: an app that refreshes without end is stopped before it does harm to a server that is somebody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.stage.network.live import Answer, Pass
from nologout.stage.network.messages import Reply

if TYPE_CHECKING:
    from nologout.stage.network.ledger import Ledger
    from nologout.stage.network.live import Action, Live
    from nologout.stage.tape import Tape

# The judge speaks of a storm from the sixth within 3 s on; these are for the ones that do not stop.
_MOST = 30
# Fifty tabs that refresh each for itself, and once again, are no storm yet.
_MOST_OF_ALL = 150
_WINDOW_S = 3.0
# Whoever asks again at once is slowed down, so that many tabs that do leave time for anything else.
_SLOWLY_S = 0.25
_ENOUGH = Reply(headers=(("retry-after", "60"),), body=b"nologout stopped a storm of refreshes", status=429)


class StormBreaker:
    """A rule that lets each tab, and all together, refresh so often within some seconds, and then answers 429.

    It answers in the server's place, which is not asked any more.
    """

    def __init__(self, ledger: Ledger, tape: Tape) -> None:
        self._ledger = ledger
        self._tape = tape
        self._recent: list[tuple[str, float]] = []

    def at_door(self, live: Live) -> Action:
        """Count the refreshes of the tab."""
        if live.role != "refresh":
            return Pass()
        # To the app, days may lie between two refreshes that are played within a second.
        since = max(live.arrived - _WINDOW_S, self._tape.clock_moved())
        recent = [(tab, at) for tab, at in self._recent if at > since]
        self._recent = [*recent, (live.tab, live.arrived)]
        if len(recent) < _MOST_OF_ALL and sum(tab == live.tab for tab, _ in recent) < _MOST:
            return Pass()
        self._ledger.has_stormed = True
        return Answer(_ENOUGH, _SLOWLY_S)

    def at_reply(self, live: Live) -> Action:
        """Let every reply pass."""
        del live
        return Pass()
