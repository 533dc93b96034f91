"""Ends a storm: an app that refreshes without end is stopped before it does harm to a server that is somebody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.stage.network.live import Answer, Pass
from nologout.stage.network.messages import Reply

if TYPE_CHECKING:
    from nologout.stage.network.live import Action, Live
    from nologout.stage.tape import Tape

# The judge speaks of a storm from the sixth within 3 s on; these are for the ones that do not stop.
_MOST = 30
_WINDOW_S = 3.0
_ENOUGH = Reply(headers=(("retry-after", "60"),), body=b"nologout stopped a storm of refreshes", status=429)


class StormBreaker:
    """A rule that lets each tab refresh so often within some seconds, and then answers 429 in the server's place."""

    def __init__(self, tape: Tape) -> None:
        self._tape = tape
        self._times: dict[str, list[float]] = {}

    def at_door(self, live: Live) -> Action:
        """Count the refreshes of the tab."""
        if live.role != "refresh":
            return Pass()
        # To the app, days may lie between two refreshes that are played within a second.
        since = max(live.arrived - _WINDOW_S, self._tape.clock_moved())
        recent = [at for at in self._times.get(live.tab, []) if at > since]
        self._times[live.tab] = [*recent, live.arrived]
        return Answer(_ENOUGH) if len(recent) >= _MOST else Pass()

    def at_reply(self, live: Live) -> Action:
        """Let every reply pass."""
        del live
        return Pass()
