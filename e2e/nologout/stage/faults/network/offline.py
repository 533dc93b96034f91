"""The device is offline: no request of any tab goes out, and the browser knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.stage.stage import Stage

_TRY = "() => fetch(location.pathname, { method: 'HEAD', cache: 'no-store' }).then(() => true, () => false)"


class Offline:
    """Switches the browser's network off; the witness is a request of the page's that does not get through."""

    name = "offline"

    def __init__(self) -> None:
        self._on = False
        self._seen = ""

    def inject(self, stage: Stage) -> None:
        """Switch it off, and have a page try."""
        self._on = True
        stage.context.set_offline(offline=True)
        if not stage.page.evaluate(_TRY) and not stage.page.evaluate("navigator.onLine"):
            self._seen = "a request of the page's failed, and the browser says that it is offline"

    def effect(self, history: History) -> str:
        """Return what became of the page's request."""
        del history
        return self._seen

    def lift(self, stage: Stage) -> None:
        """Switch it on again."""
        if self._on:
            self._on = False
            stage.context.set_offline(offline=False)
