"""What the app has stored is torn: of each value the beginning is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.stage.browser.stored import spoil

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.stage.stage import Stage


class StorageCorrupted:
    """Tears every value of the origin's; the witness is the browser, which took the torn ones."""

    name = "storage_corrupted"

    def __init__(self) -> None:
        self._torn = 0

    def inject(self, stage: Stage) -> None:
        """Tear them."""
        self._torn = spoil(stage.page)

    def effect(self, history: History) -> str:
        """Return how many values were torn."""
        del history
        return f"{self._torn} stored values were cut to their beginning" if self._torn else ""

    def lift(self, stage: Stage) -> None:
        """Leave it: nobody mends it."""
