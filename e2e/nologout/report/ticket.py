"""A failure as a bug ticket, for people who have never seen nologout."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nologout.model.history import Exchange, StepBegan
from nologout.report.markdown import rendered
from nologout.report.outcomes import met

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nologout.model.history import Role
    from nologout.model.result import Result, Run

_FEW = 3


@dataclass(frozen=True)
class HandStep:
    """What a person does, in which tabs."""

    tabs: tuple[str, ...]
    text: str

    @property
    def where(self) -> str:
        """Return the tabs in words, e.g. `In tabs a and b`."""
        if len(self.tabs) > _FEW:
            return f"In each of the tabs {self.tabs[0]} to {self.tabs[-1]} ({len(self.tabs)} tabs): "
        named = " and ".join(self.tabs)
        return f"In tab{'s' if len(self.tabs) > 1 else ''} {named}: " if named else ""


def tickets(run: Run) -> dict[str, str]:
    """Return a ticket for each failure, under the name of its file."""
    failures = (result for result in run.results if result.failed and result.verdict == "fail")
    return {file_name(result): ticket(result, run) for result in failures}


def file_name(result: Result) -> str:
    """Return the name of a ticket's file, made of characters that every system and CI takes."""
    return re.sub(r"[^\w\[\]-]", "_", result.cell) + ".md"


def ticket(result: Result, run: Run) -> str:
    """Return a failure's ticket in Markdown."""
    return rendered(
        "ticket.md",
        result=result,
        run=run,
        met=met(result.outcome),
        steps=list(_by_hand(result)),
        requests={role: _request(result, role) for role in ("page", "api", "refresh")},
        lifetime=_lifetime(result),
        check=check_again(result),
        by_file=run.target.endswith(".toml"),
    )


def check_again(result: Result) -> str:
    """Return the command that plays the scenario again, in all its variants."""
    nologout, _, _, *rest = shlex.split(result.repeat) if result.repeat else ["nologout", "replay", ""]
    if "--variant" in rest:
        at = rest.index("--variant")
        rest = rest[:at] + rest[at + 2 :]
    return shlex.join([nologout, "prove", "--only", result.scenario, *rest])


def _by_hand(result: Result) -> Iterator[HandStep]:
    """Yield what to do; the same thing in several tabs is one step, and one tab alone needs no name."""
    begun = [event for event in result.history if isinstance(event, StepBegan) and event.by_hand]
    alone = len({tab for event in begun for tab in event.tabs}) <= 1
    last: HandStep | None = None
    for event in begun:
        step = HandStep(() if alone else event.tabs, event.by_hand)
        if last is not None and last.text == step.text and last.tabs and not set(last.tabs) & set(step.tabs):
            last = replace(last, tabs=last.tabs + step.tabs)
            continue
        if last is not None:
            yield last
        last = step
    if last is not None:
        yield last


def _request(result: Result, role: Role) -> str:
    """Return the first request of a role, e.g. `POST /api/token/refresh/`, or nothing if there was none."""
    found = (e for e in result.history if isinstance(e, Exchange) and e.role == role)
    return next((f"{e.method} {e.path}" for e in found), "")


def _lifetime(result: Result) -> int | None:
    """Return in minutes how long an access token lives, or None where it does not tell."""
    exchanges = (e for e in result.history if isinstance(e, Exchange))
    lives = (e.access_expires - e.server_time for e in exchanges if e.access_expires is not None and e.access_issued)
    return next((round(life / 60) for life in lives), None)
