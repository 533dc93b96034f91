"""Many tabs of one browser whose access token expires, and which all need it in the same moment."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, NamedTuple

from nologout.model.history import Exchange, PageEvent
from nologout.stage.network.live import Hold, Pass
from nologout.steps import OpenTab, SignIn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nologout.model.history import AnyEvent
    from nologout.stage.network.live import Action, Live
    from nologout.stage.stage import Stage

# Shorter than a client's patience with one refresh, 8 s, after which another tab would send its own.
_GATHER_S = 7
_SERVE_S = 60
LISTEN = """(button) => {
  const channel = new BroadcastChannel('crowd');
  channel.onmessage = () => document.querySelector(button).click();
  window.everybodyAsk = () => { channel.postMessage(''); channel.onmessage(); };
}"""


class Rush(NamedTuple):
    """What the proxy saw from the moment in which all tabs asked until the last had its answer, by arrival."""

    exchanges: tuple[Exchange, ...]

    @property
    def asked(self) -> tuple[Exchange, ...]:
        """Return the requests for the list."""
        return tuple(e for e in self.exchanges if e.role == "api")

    @property
    def refreshes(self) -> int:
        """Return how many refreshes the server answered."""
        return sum(e.role == "refresh" and e.status is not None for e in self.exchanges)

    @property
    def refused(self) -> tuple[Exchange, ...]:
        """Return the requests that were answered with 401."""
        return tuple(e for e in self.asked if e.shown == 401)

    @property
    def served(self) -> tuple[Exchange, ...]:
        """Return the requests that were answered with the list."""
        return tuple(e for e in self.asked if e.shown == 200)


class _Door:
    """Keeps refreshes at the server's door."""

    def at_door(self, live: Live) -> Action:
        """Hold a refresh."""
        return Hold() if live.role == "refresh" else Pass()

    def at_reply(self, live: Live) -> Action:
        """Hold no reply."""
        del live
        return Pass()


class Crowd:
    """Tabs that are signed in as one user, and can be made to ask for their lists in one moment."""

    def __init__(self, stage: Stage, size: int) -> None:
        self._stage = stage
        first, *others = (f"t{number:02}" for number in range(1, size + 1))
        SignIn(first).perform(stage)
        for name in others:
            OpenTab(name).perform(stage)
        for tab in stage.tabs.values():
            tab.bypass_cache()
            tab.page.evaluate(LISTEN, stage.app.poke)

    def expire(self) -> None:
        """Let the access token expire for the server alone, so that every tab has to hear it by a 401."""
        self._stage.clocks.move_server(self._stage.app.access_lifetime_s + 60)

    def ask(self) -> Rush:
        """Have every tab ask at once, and return what came of it."""
        return self._rush(lambda: None)

    def gather_and_ask(self) -> Rush:
        """Have every tab ask at once; no refresh reaches the server before every tab wants one.

        Raises:
            AssertionError: Some tab never wanted one, so that something else was played.
        """
        with self._held_at_door() as gather:
            return self._rush(gather)

    def _rush(self, meanwhile: Callable[[], None]) -> Rush:
        self._stage.settle()
        self._since = len(self._stage.tape.history().events)
        next(iter(self._stage.tabs.values())).page.evaluate("everybodyAsk()")
        meanwhile()
        assert self._await(lambda: {e.tab for e in self._seen().served} >= set(self._stage.tabs), _SERVE_S), (
            f"not every tab got its list: {self._seen()}"
        )
        self._stage.settle()
        return self._seen()

    @contextlib.contextmanager
    def _held_at_door(self) -> Iterator[Callable[[], None]]:
        stage, door = self._stage, _Door()

        def gather() -> None:
            came = self._await(lambda: self._wanting() >= set(stage.tabs), _GATHER_S)
            stage.ledger.rules.remove(door)
            for live in stage.ledger.held("door"):
                stage.proxy.release(live, Pass())
            assert came, f"no refresh was wanted by {set(stage.tabs) - self._wanting()}"

        stage.ledger.rules.append(door)
        yield gather

    def _wanting(self) -> set[str]:
        """Return the tabs that stand at the door, or have asked for the lock under which one does."""
        queued = {e.tab for e in self._events() if isinstance(e, PageEvent) and e.name == "lock_requested"}
        return queued | {live.tab for live in self._stage.ledger.held("door")}

    def _events(self) -> tuple[AnyEvent, ...]:
        return self._stage.tape.history().events[self._since :]

    def _seen(self) -> Rush:
        found = [e for e in self._events() if isinstance(e, Exchange)]
        return Rush(tuple(sorted(found, key=lambda e: e.id)))

    def _await(self, condition: Callable[[], bool], seconds: float) -> bool:
        return self._stage.wait_until(condition, seconds)
