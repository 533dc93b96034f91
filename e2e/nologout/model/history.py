"""A history: everything that was seen while a scenario was played, as plain data with a JSON form.

Times are seconds since the stage was set (real time, whatever the browser's clock says).
Tokens never enter a history: each is known by a short label (`R1`, `A3`) in order of appearance.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Role = Literal["page", "api", "refresh", "sign_in", "sign_out", "other"]
Fate = Literal["delivered", "lost", "cut_short", "refused_at_door", "answered_instead", "abandoned"]
Looks = Literal["signed_in", "signed_out", "blank"]
Probe = Literal["served", "refused", "no_request", "not_tried"]
Phase = Literal["ended", "settled", "reloaded"]


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """Anything seen, with its place in the order (`seq`) and its time (`at`)."""

    seq: int = 0
    at: float = 0.0


class StepBegan(Event, frozen=True, tag="step"):
    """The harness began one step of the scenario; `by_hand` is what a person would do, in which `tabs`.

    `ends`: it is what may rightly end the session.
    """

    index: int
    text: str
    tabs: tuple[str, ...] = ()
    by_hand: str = ""
    ends: bool = False


class Exchange(Event, frozen=True, tag="exchange"):
    """One request and its reply, as the fault proxy saw them; `at` is the request's arrival.

    `status` is what the server answered (none: it was never asked), `shown` what the browser got
    (none: no reply reached it). `server_time` is the server's own clock at arrival, in unix seconds.
    `carries` names whose mark the body holds: `U1` where the first user signs in, `note:U1` where a text
    of theirs is sent. `wait_s` is the Retry-After that the browser was told, in seconds.
    `media` is the media type of what the server answered, e.g. `text/html`.
    `scheme` is the word before the access token in its Authorization header.
    `spoiled`: on its way to the server the access token was made one that no server takes.
    """

    id: int
    tab: str
    method: str
    path: str
    role: Role
    fate: Fate
    status: int | None = None
    shown: int | None = None
    answered: float | None = None
    ended: float | None = None
    refresh_used: str = ""
    access_used: str = ""
    refresh_issued: str = ""
    access_issued: str = ""
    access_expires: float | None = None
    server_time: float = 0.0
    reason: str = ""
    document: int = 0
    carries: str = ""
    wait_s: float | None = None
    spoiled: bool = False
    scheme: str = ""
    media: str = ""

    @property
    def granted(self) -> bool:
        """Tell whether the server did what it was asked, whatever became of its reply."""
        return self.status is not None and self.status < 400

    @property
    def served(self) -> bool:
        """Tell whether the browser got what it asked for, and was not sent elsewhere."""
        return self.shown is not None and (self.shown < 300 or self.shown == 304)


class PageEvent(Event, frozen=True, tag="page"):
    """Something a tab did, told by the recorder inside the page (never a value that it stored).

    `closed` and `reloaded` are told by the stage: a person did it, not the page.
    """

    tab: str
    name: str
    detail: str = ""


class FaultEffect(Event, frozen=True, tag="fault"):
    """What an independent witness says of a fault; `effect` is empty when it saw none."""

    fault: str
    effect: str
    tab: str = ""


class ClockMoved(Event, frozen=True, tag="clock"):
    """Clocks were moved; offsets are seconds from real time, after the move."""

    browser_offset: float
    server_offset: float


class Look(Event, frozen=True, tag="look"):
    """What was seen of one tab: what the page shows, what an authenticated act got, what it shows then.

    The phase is the oracle's own, or `ended`: a step waited for the session to end, and looked.
    `place` is where the tab is: path, query and fragment of its address.
    """

    tab: str
    phase: Phase
    looks: Looks
    probe: Probe
    then: Looks
    words: str = ""
    place: str = ""


class ServerSession(msgspec.Struct, frozen=True):
    """One session (token family) as the server describes it."""

    sid: str
    alive: bool
    generation: int = 0
    reason: str = ""


class ServerSaid(Event, frozen=True, tag="server"):
    """The sessions of the scenario's user, as the server tells when the target can be asked."""

    sessions: tuple[ServerSession, ...]


AnyEvent = StepBegan | Exchange | PageEvent | FaultEffect | ClockMoved | Look | ServerSaid


class History(msgspec.Struct, frozen=True):
    """Events in the order in which they were seen."""

    events: tuple[AnyEvent, ...] = ()

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """Return every exchange, by arrival."""
        return tuple(sorted((e for e in self.events if isinstance(e, Exchange)), key=lambda e: e.id))

    @property
    def refreshes(self) -> tuple[Exchange, ...]:
        """Return the refreshes that tabs sent, by arrival; a thief's are not among them."""
        return tuple(e for e in self.exchanges if e.role == "refresh" and e.tab != THIEF)

    @property
    def looks(self) -> tuple[Look, ...]:
        """Return what the oracle saw, in order."""
        return tuple(e for e in self.events if isinstance(e, Look) and e.phase != "ended")

    @property
    def endings(self) -> tuple[Look, ...]:
        """Return how the tabs looked when their session had to have ended, before the oracle came."""
        return tuple(e for e in self.events if isinstance(e, Look) and e.phase == "ended")

    @property
    def effects(self) -> tuple[FaultEffect, ...]:
        """Return what the witnesses of the faults said."""
        return tuple(e for e in self.events if isinstance(e, FaultEffect))

    @property
    def page_events(self) -> tuple[PageEvent, ...]:
        """Return what the recorder inside the pages told."""
        return tuple(e for e in self.events if isinstance(e, PageEvent))

    @property
    def clock_moves(self) -> tuple[ClockMoved, ...]:
        """Return every move of a clock."""
        return tuple(e for e in self.events if isinstance(e, ClockMoved))

    @property
    def server_sessions(self) -> tuple[ServerSession, ...] | None:
        """Return what the server last said of its sessions, or None when it was not asked."""
        said = [e for e in self.events if isinstance(e, ServerSaid)]
        return said[-1].sessions if said else None


THIEF = "thief"
