"""What happened to a session, as short rows: when, in which tab, what."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from nologout.diagnose.forensics.black_box import Adopted, Ended, Refused, Renewed, Tokens, Unwritten

if TYPE_CHECKING:
    from nologout.diagnose.forensics.sessions import Request, Session


class Row(NamedTuple):
    """One line; `at` is in Unix milliseconds by the device's clock."""

    at: float
    tab: str
    text: str


def rows(session: Session, most: int = 14) -> list[Row]:
    """Return the sign-in, if it is told, and the last rows of a session; what several tabs did alike is one row."""
    told = [Row(r.at, r.tab, _request(r)) for r in session.requests]
    shown = [request.brought for request in session.requests]
    told += [Row(e.at, e.tab, text) for e in session.events if e not in shown and (text := _event(e))]
    told.sort(key=lambda row: row.at)
    drawn = [_together(list(alike)) for _, alike in groupby(told, key=lambda row: row.text)]
    if len(drawn) <= most:
        return drawn
    left_out = len(drawn) - most
    return [drawn[0], Row(drawn[1].at, "", f"({left_out} more)"), *drawn[-(most - 1) :]]


def moment(at: float) -> str:
    """Return a moment as `2026-01-31 23:59:59`, in UTC."""
    return datetime.fromtimestamp(at // 1000, UTC).strftime("%Y-%m-%d %H:%M:%S")


def _together(alike: list[Row]) -> Row:
    tabs = len({row.tab for row in alike})
    others = "" if tabs == 1 else f" (and {tabs - 1} other{'s' if tabs > 2 else ''})"
    return Row(alike[0].at, alike[0].tab, alike[0].text + others)


def _request(request: Request) -> str:
    if request.attempt is None:
        return f"#{request.number} signs in: generation 1"
    offline = "" if request.attempt.online else ", offline,"
    return f"#{request.number} presents generation {request.attempt.generation}{offline}: {_answered(request)}"


def _answered(request: Request) -> str:
    answer = request.answer
    if isinstance(answer, Tokens):
        return f"gets generation {request.attempt.generation + 1 if request.attempt else 1}"
    if isinstance(answer, Refused):
        return f"refused, {answer.status or 'no answer'} ({answer.reason})"
    if answer is None:
        return "nothing more is told"
    return f"no tokens, {answer.status}" if answer.status else "no answer"


def _event(event: object) -> str:
    match event:
        case Renewed(generation=generation):
            return f"has got generation {generation}"
        case Adopted(generation=generation):
            return f"takes over generation {generation}"
        case Ended(reason=reason):
            return f"shows the end: {reason}"
        case Unwritten():
            return "cannot write to storage"
    return ""
