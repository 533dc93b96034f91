"""Steps of the page's browser: a piece of it is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.stage.faults.page.piece_missing import Piece, PieceMissing
from nologout.steps.step import Step

if TYPE_CHECKING:
    from nologout.stage.stage import Stage


class Without(Step, frozen=True, tag="without"):
    """The browser lacks a piece; to stand before the first tab."""

    piece: Piece

    def perform(self, stage: Stage) -> None:
        """Remove it."""
        stage.inject(PieceMissing(self.piece))
