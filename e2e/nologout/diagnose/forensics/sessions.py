"""The sessions in a black box: which event belongs to which sign-in, and which answer to which refresh."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from nologout.diagnose.forensics.black_box import (
    Adopted,
    Attempt,
    Ended,
    Refused,
    Renewed,
    Tokens,
    Transient,
    Unwritten,
    goes_back,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nologout.diagnose.forensics.black_box import Answer, BlackBox, BoxEvent, Strategy

_ANSWERS = (Tokens, Refused, Transient)
_HOLDINGS = (Renewed, Adopted, Ended)


@dataclass(frozen=True)
class Request:
    """A sign-in (without an attempt) or a refresh, numbered by its place among them; `brought` is what it led to."""

    number: int
    tab: str
    at: float
    attempt: Attempt | None = None
    answer: Answer | None = None
    brought: Renewed | None = None

    @property
    def over(self) -> float | None:
        """Return when its answer came, or was given up, in ms."""
        answered = self.answer or self.brought
        return answered.at if answered else None


@dataclass(frozen=True)
class Session:
    """One sign-in: its events and requests in order; `muddled`: of some it is not known when they happened."""

    login: float
    strategy: Strategy
    events: tuple[BoxEvent, ...]
    requests: tuple[Request, ...]
    muddled: bool

    @cached_property
    def refreshes(self) -> tuple[Request, ...]:
        """Return the requests that present a generation."""
        return tuple(request for request in self.requests if request.attempt)

    @cached_property
    def end(self) -> Ended | None:
        """Return the first word of its end: that of the tab that got it from the server, if one did."""
        ends = [event for event in self.events if isinstance(event, Ended)]
        alike = [end for end in ends if end.reason == ends[0].reason]
        return next((end for end in alike if self.last_answer(end)), ends[0] if ends else None)

    @cached_property
    def born(self) -> dict[int, float]:
        """Return when each generation was handed out, as far as that is told, in ms."""
        return {event.generation: event.at for event in reversed(self.events) if isinstance(event, Renewed)}

    @property
    def is_whole(self) -> bool:
        """Tell whether the box goes back to the sign-in."""
        return any(request.attempt is None for request in self.requests)

    def last_answer(self, before: BoxEvent) -> Request | None:
        """Return the refresh on whose answer an event follows in its tab, nothing else being between."""
        mine = [event for event in self.events if event.tab == before.tab]
        place = next(place for place, event in enumerate(mine) if event is before)
        earlier = [event for event in mine[:place] if not isinstance(event, Unwritten)]
        return next((request for request in self.refreshes if earlier and request.answer is earlier[-1]), None)


def sessions(box: BlackBox) -> list[Session]:
    """Return the sessions that a box tells of, by sign-in; generation 0, a tab's hope for a cookie, is none."""
    owners = _owners(box.events)
    logins = sorted({event.login for event in box.events if isinstance(event, _HOLDINGS) and event.generation})
    told = {login: [e for e, owner in zip(box.events, owners, strict=True) if owner == login] for login in logins}
    return [_session(login, box.strategy, events) for login, events in told.items()]


def _owners(events: Sequence[BoxEvent]) -> list[float | None]:
    """Return which sign-in each event is of: what its tab holds then, or will hold next; none: nobody knows."""
    before = _held(events)
    after = _held(list(reversed(events)))[::-1]
    return [
        (later if earlier is None or (isinstance(event, Unwritten) and later is not None) else earlier)
        for event, earlier, later in zip(events, before, after, strict=True)
    ]


def _held(events: Iterable[BoxEvent]) -> list[float | None]:
    holds: dict[str, float] = {}
    owners = []
    for event in events:
        if isinstance(event, _HOLDINGS):
            holds[event.tab] = event.login
        owners.append(holds.get(event.tab))
    return owners


def _session(login: float, strategy: Strategy, events: list[BoxEvent]) -> Session:
    requests, muddled = _requests(events)
    return Session(login, strategy, tuple(events), tuple(requests), muddled or goes_back(tuple(events)))


def _requests(events: list[BoxEvent]) -> tuple[list[Request], bool]:
    """Return the requests by beginning, and whether there is a tab in which attempts and answers do not match."""
    place = {id(event): number for number, event in enumerate(events)}
    by_tab: dict[str, list[BoxEvent]] = {}
    for event in events:
        by_tab.setdefault(event.tab, []).append(event)
    read = [_of_tab(mine) for mine in by_tab.values()]
    found = [request for requests, _ in read for request in requests]
    found.sort(key=lambda request: place[id(request.attempt or request.brought)])
    numbered = [replace(request, number=number) for number, request in enumerate(found, 1)]
    return numbered, any(muddled for _, muddled in read)


def _of_tab(events: list[BoxEvent]) -> tuple[list[Request], bool]:
    """Read the events of one tab, which sends one refresh at a time.

    An answer without an attempt may be the first event of a box that has forgotten the attempt. Otherwise, or beside
    an attempt without an answer, nobody knows what came first.
    """
    found: list[Request] = []
    stray = [event for event in events if isinstance(event, _ANSWERS)]
    for event in events:
        last = found[-1] if found else None
        if isinstance(event, Attempt):
            found.append(Request(0, event.tab, event.at, event))
        elif isinstance(event, _ANSWERS) and last and last.attempt and not last.answer:
            found[-1] = replace(last, answer=event)
            stray.remove(event)
        elif isinstance(event, Renewed) and last and _follows(event, last):
            found[-1] = replace(last, brought=event)
        elif isinstance(event, Renewed) and event.generation == 1:
            found.append(Request(0, event.tab, event.at, brought=event))
    unanswered = any(request.attempt and not request.answer for request in found)
    return found, bool(stray) and (unanswered or stray != events[:1])


def _follows(renewed: Renewed, request: Request) -> bool:
    """Tell whether the tokens that a tab got are those of its last refresh."""
    if not request.attempt or not isinstance(request.answer, Tokens) or request.brought:
        return False
    return renewed.generation == request.attempt.generation + 1
