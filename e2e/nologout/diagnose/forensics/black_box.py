"""The export of a black box: the last events of all tabs of one browser, as its page downloads them.

Times are Unix milliseconds by the device's clock, which all tabs share and which may be wrong. A `tab` is one life
of a page: a reload is another. No text is free, so that neither a token nor an escape sequence can stand in one;
fields that are not named here are left unread.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from nologout.errors import UsageError
from nologout.redact import redact

MOST_BYTES = 1_000_000
_MOST_EVENTS = 2_000
_LAST_MS = 253_402_300_799_999  # the end of the year 9999
_LARGEST = 2**53
_SAID = 300

Moment = Annotated[float, msgspec.Meta(ge=0, le=_LAST_MS)]
Span = Annotated[float, msgspec.Meta(ge=-_LAST_MS, le=_LAST_MS)]
Count = Annotated[int, msgspec.Meta(ge=0, le=_LARGEST)]
Status = Annotated[int, msgspec.Meta(ge=0, le=999)]
# Python's `$` would let a line end follow.
Tab = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]{0,16}$(?!\n)")]
Word = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{0,39}$(?!\n)")]
Strategy = Literal["rotating", "cookie", "no_rotation", "sliding"]


class _Told(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", rename="camel"):
    """Something that happened in a tab, and whether that was online and visible."""

    at: Moment
    tab: Tab
    online: bool = True
    visible: bool = True


class Attempt(_Told, frozen=True, tag="attempt"):
    """A refresh leaves the tab; `expires_at` is when the access token expires, by the tab's own reckoning."""

    generation: Count
    expires_at: Moment | None = None
    waited: Span = 0


class Tokens(_Told, frozen=True, tag="tokens"):
    """A refresh brought tokens."""

    status: Status
    took: Span = 0


class Refused(_Told, frozen=True, tag="refused"):
    """A refresh was answered with what the client takes for the end of the session."""

    status: Status
    reason: Word
    took: Span = 0


class Transient(_Told, frozen=True, tag="transient"):
    """A refresh brought neither tokens nor an end; `status` 0: no answer came."""

    status: Status
    took: Span = 0


class Renewed(_Told, frozen=True, tag="renewed"):
    """The tab holds tokens that it has just got itself, from a sign-in or a refresh.

    `server_offset` is the server's clock minus the device's, in ms; none where the server did not tell.
    """

    login: Span
    generation: Count
    expires_at: Moment | None = None
    server_offset: Span | None = None


class Adopted(_Told, frozen=True, tag="adopted"):
    """The tab holds tokens that it found in storage, or heard of from another tab."""

    login: Span
    generation: Count
    expires_at: Moment | None = None
    server_offset: Span | None = None


class Ended(_Told, frozen=True, tag="ended"):
    """The session is over for the tab; `reason` is the server's word, `signed_out` the user's own act."""

    login: Span
    generation: Count
    reason: Word


class Unwritten(_Told, frozen=True, tag="unwritten"):
    """Storage refused what the tab had to write."""


Answer = Tokens | Refused | Transient
Holding = Renewed | Adopted | Ended
BoxEvent = Attempt | Answer | Holding | Unwritten


class State(msgspec.Struct, frozen=True):
    """What the page shows that made the export."""

    status: Literal["opening", "signed-in", "reconnecting", "signed-out"]
    reason: Word | None = None


class BlackBox(msgspec.Struct, frozen=True):
    """An export, version 1; `strategy` is what the page gives to `createSession`: `rotating` where it gives none."""

    nologout: Literal["black-box"]
    version: Literal[1]
    events: Annotated[tuple[BoxEvent, ...], msgspec.Meta(max_length=_MOST_EVENTS)]
    strategy: Strategy = "rotating"
    state: State | None = None


def read_box(data: bytes, name: str) -> BlackBox:
    """Return what an export says, its events in order.

    Tabs share one clock, by which their events are put together. Where it was set back in some tab, the order in which
    they were written is all there is.

    Raises:
        UsageError: It is no export, or one that holds what no black box tells; says where.
    """
    if len(data) > MOST_BYTES:
        raise UsageError(f"{name} has more than {MOST_BYTES:,} bytes, which no black box has", hint=_HINT)
    if data.lstrip()[:1] == b"[":
        raise UsageError(f"{name} is a bare list, without the frame that says what it is", hint=_HINT)
    try:
        box = msgspec.json.decode(data, type=BlackBox)
    except RecursionError as error:
        raise UsageError(f"{name} is nested deeper than any black box", hint=_HINT) from error
    except msgspec.DecodeError as error:
        raise UsageError(f"{name} is no export of a black box: {_printable(str(error))}", hint=_HINT) from error
    if goes_back(box.events):
        return box
    return msgspec.structs.replace(box, events=tuple(sorted(box.events, key=lambda event: event.at)))


def goes_back(events: tuple[BoxEvent, ...]) -> bool:
    """Tell whether the clock was set back between two events of one tab."""
    last: dict[str, float] = {}
    for event in events:
        if event.at < last.get(event.tab, 0.0):
            return True
        last[event.tab] = event.at
    return False


_HINT = (
    "the session inspector downloads one (`?inspect`); by hand it is "
    '{"nologout": "black-box", "version": 1, "events": await session.events()}'
)


def _printable(said: str) -> str:
    """Return what a decoder said of a foreign file, without what could harm a terminal or give a secret away."""
    said = redact(said)
    said = "".join(letter if letter.isprintable() else "?" for letter in said)
    return said if len(said) <= _SAID else f"{said[:_SAID]}…"
