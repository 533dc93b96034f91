"""Writes a run's failures down as a baseline."""

from __future__ import annotations

import datetime as dt
import textwrap
from typing import TYPE_CHECKING

import tomlkit

from nologout.baseline.entries import Baseline, Entry, named
from nologout.redact import redact
from nologout.targets.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tomlkit.items import Table

    from nologout.model.result import Result, Run

_EXCUSED = dt.timedelta(days=90)
_WIDTH = 110
_HEAD = """\
What fails today, for `nologout prove --baseline`: any other failure fails the build, and so does a cell of this \
list that passes: then take its entry out. Written by `nologout prove --write-baseline`, which keeps the reasons and \
dates that it finds here. Say in each reason who mends it. After `until` an entry excuses nothing."""


def written(run: Run, before: Baseline, today: dt.date) -> str:
    """Return a file's text: the failures of a run, and what was in the baseline before of cells not judged in it."""
    judged = [result for result in run.results if result.verdict in {"pass", "fail"}]
    untold = [result for result in run.results if result.verdict not in {"pass", "fail"}]
    fails = tomlkit.aot()
    for entry in before.fails:
        if any(map(entry.covers, untold)) or not any(map(entry.covers, judged)):
            fails.append(_table(entry, ("not judged when this was written",)))
    for result in judged:
        known = _entry(run, result, before, today)
        if known is not None:
            fails.append(_table(known, _told(result)))
    document = tomlkit.document()
    for line in textwrap.wrap(_HEAD, _WIDTH):
        document.add(tomlkit.comment(line))
    document.add(tomlkit.nl())
    if fails:
        document.add("fails", fails)
    return tomlkit.dumps(document)


def _entry(run: Run, result: Result, before: Baseline, today: dt.date) -> Entry | None:
    """Return the entry for a failure; none for a pass, and for what the target itself is known to fail."""
    old = before.speaks_of(result)
    if result.verdict == "pass" or (old is None and result.as_expected):
        return None
    profile = result.profile if run.target == Reference.name else ""
    if old is not None and old.in_force(today):
        return Entry(named(result), old.reason, old.until, profile)
    reason = old.reason if old is not None else f"{result.cause}, as found on {today}"
    return Entry(named(result), reason, today + _EXCUSED, profile)


def _told(result: Result) -> Iterator[str]:
    yield f"{result.outcome}: {result.why}"
    yield f"cause: {result.cause} ({result.side or 'which side must change cannot be told'}): {result.evidence}"
    yield f"remedy: {result.remedy}"


def _table(entry: Entry, comments: Iterator[str] | tuple[str, ...]) -> Table:
    table = tomlkit.table()
    for comment in comments:
        for line in textwrap.wrap(_plain(comment), _WIDTH):
            table.add(tomlkit.comment(line))
    table.add("cell", entry.cell)
    if entry.profile:
        table.add("profile", entry.profile)
    table.add("reason", entry.reason)
    if entry.until is not None:
        table.add("until", entry.until)
    return table


def _plain(text: str) -> str:
    """Return a text on one line, without secrets, and without characters that no comment may hold."""
    return " ".join("".join(char if char.isprintable() else " " for char in redact(text)).split())
