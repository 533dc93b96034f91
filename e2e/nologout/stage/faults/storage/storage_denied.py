"""The browser denies the app its storage, as some do in private windows or by a setting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.stage.browser.stored import deny, is_denied

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.stage.stage import Stage


class StorageDenied:
    """Has storage throw before the app loads; the witness is a page of the app's that tries."""

    name = "storage_denied"

    def __init__(self) -> None:
        self._stage: Stage | None = None

    def inject(self, stage: Stage) -> None:
        """Deny it to every page that is loaded from now on."""
        deny(stage.context)
        self._stage = stage

    def effect(self, history: History) -> str:
        """Return what a page of the app's gets that tries to store something."""
        del history
        tabs = self._stage.tabs.values() if self._stage else ()
        denied = [tab.name for tab in tabs if is_denied(tab.page)]
        return f"localStorage and IndexedDB throw in tab {', tab '.join(denied)}" if denied else ""

    def lift(self, stage: Stage) -> None:
        """Leave it denied: a network that heals changes no setting."""
