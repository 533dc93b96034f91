"""Several tabs refresh at once: each is held at the server's door, served in turn, and answered in a chosen order."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nologout.stage.network.live import CONNECTIONS_TO_A_HOST, Hold, Pass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nologout.model.history import History, PageEvent
    from nologout.stage.network.live import Action, Live
    from nologout.stage.stage import Stage

# Some clients' locks give up at 5 s; one that serialises across tabs sends one request only.
PATIENCE_S = 1.5
_SERVE_S = 10


class Race:
    """Holds the refreshes of some tabs; the witnesses are the proxy's door and what the other tabs wait for."""

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
        """Wait until every tab stands at the door, or at least one does and the others wait for their turn."""
        stage.wait_until(lambda: bool(self._standing(stage)), PATIENCE_S)
        self._witnessed = self._standing(stage)

    def _standing(self, stage: Stage) -> str:
        """Return where the tabs stand, or nothing while one of them is elsewhere."""
        here = self._at_door(stage)
        events = stage.tape.history().page_events
        taken = {lock for tab in here for lock in _locks_taken(_since_it_came(events, tab))}
        is_full = len(here) >= CONNECTIONS_TO_A_HOST
        waits = {
            tab: _waiting(_since_it_came(events, tab), taken, stage.app.paths.refresh, is_full=is_full)
            for tab in self._tabs
            if tab not in here
        }
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
        for live in stage.ledger.held("door"):
            stage.proxy.release(live, Pass())
            # The proxy alone knows, and no browser is asked: its clients' patience runs. Where the server is down there
            # will be no reply to hold.
            stage.ledger.wait_for(lambda live=live: live.held_at == "reply" or live.fate is not None, _SERVE_S)  # type: ignore[misc]

    def deliver_held(self, stage: Stage, *, last_first: bool) -> None:
        """Deliver the replies in one order or the other, each only when its tab has dealt with the one before.

        Whoever has come to the door since is let in afterwards: a client that had lost its patience, for one.
        """
        replies = stage.ledger.held("reply")
        self._holding = False
        for live in reversed(replies) if last_first else replies:
            stage.proxy.release(live, Pass())
            stage.settle()
        for live in stage.ledger.held("door"):
            stage.proxy.release(live, Pass())

    def lift(self, stage: Stage) -> None:
        """Hold nothing any more, and let go of what is held."""
        self._holding = False
        if self in stage.ledger.rules:
            stage.ledger.rules.remove(self)
            for live in (*stage.ledger.held("door"), *stage.ledger.held("reply")):
                stage.proxy.release(live, Pass())


def _since_it_came(events: tuple[PageEvent, ...], tab: str) -> list[PageEvent]:
    """Return what a tab's page told since the one before it went: a document's waits end with it."""
    own = [event for event in events if event.tab == tab]
    left = [place for place, event in enumerate(own) if event.name == "pagehide"]
    return own[left[-1] + 1 :] if left else own


def _locks_taken(events: list[PageEvent]) -> set[str]:
    told = Counter((event.detail, event.name) for event in events)
    return {lock for lock, _ in told if told[lock, "lock_granted"] > told[lock, "lock_released"]}


def _locks_awaited(events: list[PageEvent]) -> set[str]:
    told = Counter((event.detail, event.name) for event in events)
    answered = {lock: told[lock, "lock_granted"] + told[lock, "lock_refused"] for lock, _ in told}
    return {lock for lock in answered if told[lock, "lock_requested"] > answered[lock]}


def _waiting(events: list[PageEvent], taken: set[str], refresh_path: str, *, is_full: bool) -> str:
    """Return what a page that is not at the door waits for; nothing: it is elsewhere.

    That is a lock which a tab at the door has taken, or a lease that it polls; or a connection: where those at the door
    have taken all there are (`is_full`), the request that is to tell the others of the expiry cannot leave either.
    """
    if _on_its_way(event for event in events if event.detail == refresh_path):
        return "has sent its refresh, and waits for a free connection"
    if is_full and _on_its_way(events):
        return "waits for a free connection"
    awaited = sorted(_locks_awaited(events) & taken)
    if awaited:
        return f"queued for the lock {awaited[0]!r}"
    polled = sorted(_databases_polled(events))
    return f"asks the database {polled[0]!r} again and again whether it may go on" if polled else ""


def _databases_polled(events: list[PageEvent]) -> set[str]:
    told = Counter((event.detail, event.name) for event in events)
    return {name for name, _ in told if told[name, "idb_poll_began"] > told[name, "idb_poll_ended"]}


def _on_its_way(events: Iterable[PageEvent]) -> bool:
    told = Counter(event.name for event in events)
    return told["request_sent"] > told["request_settled"]


def _grouped(waits: dict[str, str]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for tab, why in waits.items():
        grouped.setdefault(why, []).append(tab)
    return grouped
