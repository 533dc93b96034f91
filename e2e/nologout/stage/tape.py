"""The tape: every part of the stage writes what it saw on it, from any thread."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import msgspec

from nologout.model.history import ClockMoved, Exchange, History, PageEvent

if TYPE_CHECKING:
    from nologout.model.history import AnyEvent


class Tape:
    """Collects events in the order in which they were seen, each with its time since the start."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._events: list[AnyEvent] = []
        self._last: dict[str, int] = {}
        self._moved = 0.0
        self._lock = threading.Lock()

    def now(self) -> float:
        """Return the seconds since the stage was set."""
        return round(time.monotonic() - self._began, 4)

    def add(self, event: AnyEvent) -> None:
        """Write one event down; an event without a time gets the present one."""
        with self._lock:
            at = event.at or self.now()
            self._events.append(msgspec.structs.replace(event, seq=len(self._events) + 1, at=at))
            if isinstance(event, (PageEvent, Exchange)):
                self._last[event.tab] = len(self._events)
            elif isinstance(event, ClockMoved):
                self._moved = at

    def last_of(self, tab: str) -> int:
        """Return the number of the last event that a tab told, or that the wire told of it; 0: none."""
        with self._lock:
            return self._last.get(tab, 0)

    def clock_moved(self) -> float:
        """Return when a clock was moved last, in seconds since the stage was set; 0: never."""
        with self._lock:
            return self._moved

    def quiet_for(self) -> float:
        """Return how many seconds ago the last event was written."""
        with self._lock:
            last = max((getattr(e, "ended", None) or e.at for e in self._events), default=0.0)
        return self.now() - last

    def history(self) -> History:
        """Return what has been seen so far."""
        with self._lock:
            return History(events=tuple(self._events))
