"""Steps of the page's browser: a piece of it is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from nologout.stage.faults.page.piece_missing import Piece, PieceMissing, by_script
from nologout.steps.step import Step

if TYPE_CHECKING:
    from nologout.stage.stage import Stage


class Without(Step, frozen=True, tag="without"):
    """The browser lacks a piece; to stand before the first tab."""

    hand: ClassVar[str] = (
        "Before you open the app, have DevTools put a line in front of the page's first script (Sources, Overrides): "
        "`<script>{step.by_script}</script>`."
    )

    piece: Piece

    @property
    def by_script(self) -> str:
        """Return a line of JavaScript that takes the piece away from a page."""
        return by_script(self.piece)

    def perform(self, stage: Stage) -> None:
        """Remove it."""
        stage.inject(PieceMissing(self.piece))
