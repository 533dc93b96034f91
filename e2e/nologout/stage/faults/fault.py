"""What every fault is: put in force, witnessed, lifted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.stage.stage import Stage


class Fault(Protocol):
    """One effect; `name` is what it is called in histories and reports."""

    name: str

    def inject(self, stage: Stage) -> None:
        """Put the fault in force."""

    def effect(self, history: History) -> str:
        """Return what an independent witness saw of it, in a sentence; empty: nothing (yet)."""

    def lift(self, stage: Stage) -> None:
        """Take the fault back; one that is not in force may be lifted."""
