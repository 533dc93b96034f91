"""The browser has no room left: what the app tries to store throws QuotaExceededError."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.errors import HarnessError

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.stage.stage import Stage


class StorageFull:
    """Exhausts the origin's quota; the witness is the write of the app's own that failed."""

    name = "storage_full"

    def __init__(self) -> None:
        self._after: int | None = None

    def inject(self, stage: Stage) -> None:
        """Take the room that is left.

        Raises:
            HarnessError: The room was not limited before.
        """
        if stage.quota is None:
            raise HarnessError("storage was not limited before it was to be filled")
        stage.quota.exhaust(next(iter(stage.tabs.values())).page)
        stage.settle()
        self._after = len(stage.tape.history().events)

    def effect(self, history: History) -> str:
        """Return which write of the app's failed since."""
        for event in history.page_events:
            failed = event.name in {"idb_aborted", "storage_threw"} and "QuotaExceeded" in event.detail
            if failed and self._after is not None and event.seq > self._after:
                return f"a write of tab {event.tab} failed: {event.detail}"
        return ""

    def lift(self, stage: Stage) -> None:
        """Give the room back."""
        if stage.quota is not None and self._after is not None:
            stage.quota.free(next(iter(stage.tabs.values())).page)
