"""Several tabs refresh at once: each is held at the server's door, served in turn, and answered in a chosen order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.stage.network.live import Hold, Pass

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.stage.network.live import Action, Live
    from nologout.stage.stage import Stage

# Some clients' locks give up at 5 s; one that serialises across tabs sends one request only.
PATIENCE_S = 1.5


class Race:
    """Holds the refreshes of some tabs; the witnesses are the proxy's door and the tabs' lock queues."""

    name = "race"

    def __init__(self, tabs: tuple[str, ...]) -> None:
        self._tabs = tabs
        self._witnessed = ""
        self._holding = False

    def inject(self, stage: Stage) -> None:
        """Hold every refresh of those tabs, at the door and again at its reply."""
        self._holding = True
        stage.ledger.rules.append(self)

    def at_door(self, live: Live) -> Action:
        """Hold a refresh of one of the tabs."""
        return self._hold(live)

    def at_reply(self, live: Live) -> Action:
        """Hold its reply too."""
        return self._hold(live)

    def _hold(self, live: Live) -> Action:
        return Hold() if self._holding and live.role == "refresh" and live.tab in self._tabs else Pass()

    def watch(self, stage: Stage) -> None:
        """Wait until every tab stands at the door, or at least one does and the others queue for its lock."""
        stage.wait_until(lambda: bool(self._standing(stage)), PATIENCE_S)
        self._witnessed = self._standing(stage)

    def _standing(self, stage: Stage) -> str:
        """Return where the tabs stand, or nothing while one of them is elsewhere."""
        here = self._at_door(stage)
        queues = {tab: lock for tab in self._tabs if tab not in here and (lock := _queued(stage, tab))}
        if not here or len(here) + len(queues) < len(self._tabs):
            return ""
        waits = "".join(f"; tab {tab} queued for the lock {lock!r}" for tab, lock in queues.items())
        return f"at the server's door: tab {', tab '.join(here)}{waits}"

    def _at_door(self, stage: Stage) -> list[str]:
        return [live.tab for live in stage.ledger.held("door") if live.tab in self._tabs]

    def effect(self, history: History) -> str:
        """Return where the tabs stood at the same time."""
        del history
        return self._witnessed

    def serve_held(self, stage: Stage) -> None:
        """Let the server process what stands at the door, one after another, by arrival."""
        for live in stage.ledger.held("door"):
            stage.proxy.release(live, Pass())
            stage.wait_until(lambda live=live: live.held_at == "reply", 10)  # type: ignore[misc]

    def deliver_held(self, stage: Stage, *, last_first: bool) -> None:
        """Deliver the replies in one order or the other, each only when its tab has dealt with the one before."""
        replies = stage.ledger.held("reply")
        self._holding = False
        for live in reversed(replies) if last_first else replies:
            stage.proxy.release(live, Pass())
            stage.settle()

    def lift(self, stage: Stage) -> None:
        """Hold nothing any more, and let go of what is held."""
        self._holding = False
        if self in stage.ledger.rules:
            stage.ledger.rules.remove(self)
            for live in (*stage.ledger.held("door"), *stage.ledger.held("reply")):
                stage.proxy.release(live, Pass())


def _queued(stage: Stage, tab: str) -> str:
    """Return the name of the lock that a tab asked for and does not have, or nothing."""
    waiting = ""
    for event in stage.tape.history().page_events:
        if event.tab == tab and event.name == "lock_requested":
            waiting = event.detail
        elif event.tab == tab and event.name in {"lock_granted", "lock_refused"}:
            waiting = ""
    return waiting
