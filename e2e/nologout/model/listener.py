"""Whoever wants to hear of progress and results while a run goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from nologout.model.result import Result, Run


class Listener(Protocol):
    """Hears a run from its beginning to its end, in the process that started it."""

    def planned(self, total: int) -> None:
        """Hear how many cells will be played."""

    def finished(self, result: Result) -> None:
        """Hear the result of one cell."""

    def ended(self, run: Run) -> None:
        """Hear that the run is over; an interrupted run has the results it got."""
