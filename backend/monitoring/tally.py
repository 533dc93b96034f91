"""Counts lines: refreshes and forced logouts by reason, refusals of the API by status, reason and path."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from monitoring.answers import OK
from monitoring.lines import Line

Refusal = tuple[int, str, str]


@dataclass
class Tally:
    """What was counted; `foreign` lines were not written by this app."""

    refreshes: Counter[str] = field(default_factory=Counter)
    forced_logouts: Counter[str] = field(default_factory=Counter)
    refusals: Counter[Refusal] = field(default_factory=Counter)
    foreign: int = 0

    @property
    def lines(self) -> int:
        """How many lines counted."""
        return self.refreshes.total() + self.forced_logouts.total() + self.refusals.total()

    @property
    def success_rate(self) -> float | None:
        """The share of refreshes that succeeded, or None if there were none."""
        return share(self.refreshes[OK], self.refreshes) if self.refreshes else None

    def add(self, line: Line) -> None:
        """Count a line."""
        if line.event == "refresh":
            self.refreshes[line.reason] += 1
        elif line.event == "forced_logout":
            self.forced_logouts[line.reason] += 1
        else:
            self.refusals[line.status, line.reason, line.path] += 1

    def as_data(self) -> dict[str, Any]:
        """Return it for machines; shares and rates are between 0 and 1."""
        refusals = [
            {"status": status, "reason": reason, "path": path, "count": count, "share": share(count, self.refusals)}
            for (status, reason, path), count in self.refusals.most_common()
        ]
        return {
            "refreshes": {
                "total": self.refreshes.total(),
                "success_rate": self.success_rate,
                "by_reason": dict(self.refreshes.most_common()),
            },
            "forced_logouts": {
                "total": self.forced_logouts.total(),
                "by_reason": dict(self.forced_logouts.most_common()),
            },
            "refusals": {"total": self.refusals.total(), "rows": refusals},
            "foreign_lines": self.foreign,
        }


def tally(texts: Iterable[str], since: datetime | None) -> Tally:
    """Count the lines written at `since` or later; None counts all."""
    counted = Tally()
    for line in _read(texts, counted):
        if since is None or line.time >= since:
            counted.add(line)
    return counted


def share(count: int, of: Counter[Any]) -> float:
    """Return a part of a whole, between 0 and 1."""
    return round(count / of.total(), 4)


def _read(texts: Iterable[str], counted: Tally) -> Iterator[Line]:
    for text in texts:
        line = Line.read(text)
        if line:
            yield line
        else:
            counted.foreign += 1
