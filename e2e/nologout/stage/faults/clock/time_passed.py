"""Time passes: for the browser, its cookies and the server alike, as when nobody touches the computer."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.stage.stage import Stage

_SLACK_S = 5


class TimePassed:
    """Lets `seconds` pass; the witnesses are the page's own Date and, where it can be asked, the server's clock."""

    name = "time_passed"

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._seen = ""

    def inject(self, stage: Stage) -> None:
        """Move both clocks (or really wait), and ask page and server what time it is."""
        page = stage.page
        before = page.evaluate("Date.now()") / 1000
        if stage.app.expiry == "wait":
            stage.wait(self._seconds)
        else:
            stage.clocks.pass_time(self._seconds)
        moved = page.evaluate("Date.now()") / 1000 - before
        if abs(moved - self._seconds) > _SLACK_S:
            return
        self._seen = f"the page's Date went on by {moved:.0f} s"
        if "server_clock" in stage.target.capabilities:
            ahead = stage.clocks.server_now() - time.time()
            right = abs(ahead - stage.clocks.server_offset) < _SLACK_S
            self._seen = f"{self._seen}, the server's clock stands {ahead:.0f} s ahead" if right else ""

    def effect(self, history: History) -> str:
        """Return how far the clocks went by their own account."""
        del history
        return self._seen

    def lift(self, stage: Stage) -> None:
        """Leave the time as it is: it does not go back."""
