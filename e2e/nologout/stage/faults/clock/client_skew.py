"""The device's clock is wrong: its Date is fast or slow, while the server's is right."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.stage.stage import Stage

_SLACK_S = 5


class ClientSkew:
    """Sets the browser's Date `offset` seconds from real time; the witness is the page's own Date."""

    name = "client_skew"

    def __init__(self, offset: float) -> None:
        self._offset = offset
        self._seen = ""

    def inject(self, stage: Stage) -> None:
        """Set the date, and ask a page for it."""
        stage.clocks.set_browser(self._offset)
        page = stage.page
        ahead = page.evaluate("Date.now()") / 1000 - time.time()
        if abs(ahead - self._offset) < _SLACK_S:
            self._seen = f"the page's Date stands {ahead:.0f} s from real time"

    def effect(self, history: History) -> str:
        """Return what the page's Date said."""
        del history
        return self._seen

    def lift(self, stage: Stage) -> None:
        """Leave the clock wrong: a network that heals mends no clock."""
