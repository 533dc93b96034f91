"""The browser clears what the app has stored, while its tabs are open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.stage.browser.stored import clear, count

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.stage.stage import Stage


class StorageEvicted:
    """Clears the origin's storage from the outside; the witness counts what is there before and after."""

    name = "storage_evicted"

    def __init__(self) -> None:
        self._seen = ""

    def inject(self, stage: Stage) -> None:
        """Clear it."""
        page = stage.page
        before = count(page)
        clear(stage.context, page, stage.base_url)
        after = count(page)
        if before and after < before:
            self._seen = f"{before} stored values before, {after} after"

    def effect(self, history: History) -> str:
        """Return how many values went."""
        del history
        return self._seen

    def lift(self, stage: Stage) -> None:
        """Leave it: nobody brings it back."""
