"""Draws a run as one HTML page: for each cell, time goes down, and tabs, proxy, server and clocks have lanes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import jinja2

from nologout.model.history import (
    ClockMoved,
    Exchange,
    FaultEffect,
    Look,
    PageEvent,
    ServerSaid,
    StepBegan,
)
from nologout.report.words import CLIENT_SIDE, sentence, verdict_word

if TYPE_CHECKING:
    from nologout.model.history import AnyEvent
    from nologout.model.result import Result, Run

_QUIET = frozenset({"request_sent", "request_settled", "pageshow", "pagehide"})


@dataclass(frozen=True)
class Row:
    """One line of a timeline: a heading over all lanes, or a text in some of them."""

    at: float
    kind: str
    heading: str = ""
    lanes: dict[str, str] = field(default_factory=dict)


def timeline(run: Run) -> str:
    """Return the page."""
    loader = jinja2.PackageLoader("nologout.report")
    environment = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    cells = [(result, verdict_word(result), _lanes(result), _rows(result)) for result in run.results]
    return environment.get_template("timeline.html").render(
        run=run, sentence=sentence(run), cells=cells, client_side=CLIENT_SIDE
    )


def _lanes(result: Result) -> list[str]:
    tabs = sorted({tab for event in result.history if (tab := getattr(event, "tab", ""))})
    return [*(f"tab {tab}" if tab != "thief" else tab for tab in tabs), "proxy", "server", "clocks"]


def _rows(result: Result) -> list[Row]:
    rows = [row for event in result.history for row in _drawn(event)]
    return sorted(rows, key=lambda row: row.at)


def _drawn(event: AnyEvent) -> list[Row]:
    if isinstance(event, Exchange):
        return _exchange(event)
    if isinstance(event, PageEvent) and event.name in _QUIET:
        return []
    return [_row(event)]


def _row(event: AnyEvent) -> Row:
    kind, heading, lanes = "other", "", dict[str, str]()
    match event:
        case StepBegan(text=text):
            kind, heading = "step", text
        case FaultEffect(fault=fault, effect=effect):
            kind, heading = "fault", f"{fault}: {effect or 'no witness saw an effect'}"
        case PageEvent(tab=tab, name=name, detail=detail):
            kind, lanes = "page", {_lane(tab): f"{name.replace('_', ' ')} {detail}".strip()}
        case ClockMoved(browser_offset=browser, server_offset=server):
            kind, lanes = "clock", {"clocks": f"browser {_span(browser)}, server {_span(server)}"}
        case Look(tab=tab):
            kind, lanes = "look", {_lane(tab): _looked(event)}
        case ServerSaid():
            kind, lanes = "server", {"server": _sessions(event)}
    return Row(event.at, kind, heading, lanes)


def _exchange(event: Exchange) -> list[Row]:
    sent = f"{event.method} {event.path}" + _tokens("with", event.refresh_used or event.access_used)
    asked = Row(event.at, "exchange", lanes={_lane(event.tab): f"→ #{event.id} {sent}"})
    said = f"#{event.id} {event.status}" + _tokens("gives", event.refresh_issued, event.access_issued)
    lanes = {"server": said + (f" ({event.reason})" if event.reason else "")} if event.status is not None else {}
    fate = event.fate.replace("_", " ")
    shown = f"#{event.id} {fate}" + (f" {event.shown}" if event.fate == "answered_instead" else "")
    ended = event.ended if event.ended is not None else event.at
    kind = "exchange" if event.fate == "delivered" else "fault"
    answered = Row(event.answered if event.answered is not None else ended, "exchange", lanes=lanes)
    arrived = {_lane(event.tab): f"← #{event.id} {event.shown}"} if event.shown is not None else {}
    return [asked, *([answered] if lanes else []), Row(ended, kind, lanes={"proxy": shown, **arrived})]


def _tokens(word: str, *labels: str) -> str:
    named = " ".join(label for label in labels if label)
    return f" {word} {named}" if named else ""


def _lane(tab: str) -> str:
    return tab if tab == "thief" else f"tab {tab}"


def _looked(look: Look) -> str:
    probe = {"served": ", served", "refused": ", refused", "no_request": ", nothing served"}.get(look.probe, "")
    then = f", then {look.then.replace('_', ' ')}" if look.then != look.looks else ""
    return f"{look.phase}: looks {look.looks.replace('_', ' ')}{probe}{then}"


def _span(seconds: float) -> str:
    """Return a signed span of time in its largest units, e.g. `+6 d 23 h`."""
    minutes, sign = round(abs(seconds) / 60), "-" if seconds < 0 else "+"
    parts = ((minutes // 1440, "d"), (minutes // 60 % 24, "h"), (minutes % 60, "min"))
    return sign + (" ".join(f"{count} {unit}" for count, unit in parts if count) or "0 min")


def _sessions(said: ServerSaid) -> str:
    def told(alive: bool, reason: str) -> str:  # noqa: FBT001 - two facts of one session
        return "alive" if alive else f"ended ({reason})" if reason else "ended"

    states = [f"{s.sid} generation {s.generation} {told(s.alive, s.reason)}" for s in said.sessions]
    return "; ".join(states) or "no session"
