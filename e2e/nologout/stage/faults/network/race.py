"""Several tabs refresh at once: each is held at the server's door, served in turn, and answered in a chosen order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.stage.network.live import Hold, Pass

if TYPE_CHECKING:
    from nologout.model.history import History, PageEvent
    from nologout.stage.network.live import Action, Live
    from nologout.stage.stage import Stage

# Some clients' locks give up at 5 s; one that serialises across tabs sends one request only.
PATIENCE_S = 1.5
_SERVE_S = 10


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
        events = stage.tape.history().page_events
        waits = {tab: _waiting(events, tab, stage.app.paths.refresh) for tab in self._tabs if tab not in here}
        if not here or not all(waits.values()):
            return ""
        told = [f"tab {', tab '.join(tabs)} {why}" for why, tabs in _grouped(waits).items()]
        return "; ".join([f"at the server's door: tab {', tab '.join(here)}", *told])

    def _at_door(self, stage: Stage) -> list[str]:
        return [live.tab for live in stage.ledger.held("door") if live.tab in self._tabs]

    def effect(self, history: History) -> str:
        """Return where the tabs stood at the same time."""
        del history
        return self._witnessed

    def serve_held(self, stage: Stage) -> None:
        """Let the server process what stands at the door, one after another, by arrival."""
        while waiting := stage.ledger.held("door"):
            live = waiting[0]
            stage.proxy.release(live, Pass())
            # Where the server is down there will be no reply to hold.
            stage.wait_until(lambda live=live: live.held_at == "reply" or live.fate is not None, _SERVE_S)  # type: ignore[misc]

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


def _waiting(events: tuple[PageEvent, ...], tab: str, refresh_path: str) -> str:
    """Return what a tab that is not at the door waits for: a lock, or a connection; nothing: it is elsewhere."""
    lock = ""
    sent = 0
    for event in (e for e in events if e.tab == tab):
        if event.name.startswith("lock_"):
            lock = event.detail if event.name == "lock_requested" else ""
        elif event.detail == refresh_path:
            sent += {"request_sent": 1, "request_settled": -1}.get(event.name, 0)
    if sent > 0:  # browsers keep at most six connections to a host
        return "has sent its refresh, and waits for a free connection"
    return f"queued for the lock {lock!r}" if lock else ""


def _grouped(waits: dict[str, str]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for tab, why in waits.items():
        grouped.setdefault(why, []).append(tab)
    return grouped
