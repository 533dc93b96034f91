"""What a baseline holds."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from nologout.model.result import Result


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One known failure: `cell` is `scenario` or `scenario[variant]`, `until` the last day on which it is excused.

    `profile` is the server profile on which it fails; empty: on every one that is played.
    """

    cell: str
    reason: str
    until: dt.date | None = None
    profile: str = ""

    def in_force(self, today: dt.date) -> bool:
        """Tell whether it still excuses."""
        return self.until is None or today <= self.until

    def covers(self, result: Result) -> bool:
        """Tell whether it speaks of a result's cell."""
        names = {result.scenario, named(result)}
        return self.cell in names and self.profile in {"", result.profile}


class Baseline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The entries of a file."""

    fails: tuple[Entry, ...] = ()

    def excused(self, profile: str, today: dt.date) -> dict[str, str]:
        """Return what may fail on a profile today: cells to reasons, as `Target.expected_failures` has them."""
        here = [entry for entry in self.fails if entry.profile in {"", profile} and entry.in_force(today)]
        return {entry.cell: entry.reason for entry in sorted(here, key=lambda entry: entry.profile)}

    def ended(self, today: dt.date) -> list[str]:
        """Return a sentence for each entry that excuses nothing any more."""
        past = (entry for entry in self.fails if not entry.in_force(today))
        return [f"baseline: {entry.cell} was excused until {entry.until} ({entry.reason})" for entry in past]

    def speaks_of(self, result: Result) -> Entry | None:
        """Return the entry that speaks most particularly of a result's cell, or None."""
        covering = [entry for entry in self.fails if entry.covers(result)]
        return max(covering, key=lambda entry: (len(entry.cell), entry.profile), default=None)


def utc_today() -> dt.date:
    """Return today's date in UTC, the same for every machine of a CI."""
    return dt.datetime.now(tz=dt.UTC).date()


def named(result: Result) -> str:
    """Return a result's cell as an entry names it: without its profile."""
    return f"{result.scenario}[{result.variant}]" if result.variant else result.scenario
