"""Time passes: for the browser, its cookies and the server alike, as when nobody touches the computer.

With `timers` (periods in seconds) it passes in spans of the shortest, and what a timer sends is answered in between.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from nologout.stage.clock.ticks import spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nologout.model.history import History
    from nologout.stage.stage import Stage

_SLACK_S = 5
# A page that keeps a request open never comes to rest.
_TICK_S = 1.0


class TimePassed:
    """Lets `seconds` pass; the witnesses are the page's own Date and, where it can be asked, the server's clock."""

    name = "time_passed"

    def __init__(self, seconds: float, timers: Sequence[float] = ()) -> None:
        self._seconds = seconds
        self._spans = spans(seconds, timers)
        self._seen = ""

    def inject(self, stage: Stage) -> None:
        """Move both clocks (or really wait), and ask page and server what time it is."""
        page = stage.page
        before, began = page.evaluate("Date.now()") / 1000, stage.tape.now()
        if stage.app.expiry == "wait":
            stage.wait(self._seconds)
            began = stage.tape.now()
        else:
            self._tick(stage)
        moved = page.evaluate("Date.now()") / 1000 - before
        # While it ticks, real time goes on too.
        if abs(moved - self._seconds) > _SLACK_S + stage.tape.now() - began:
            return
        many = len(self._spans)
        self._seen = f"the page's Date went on by {moved:.0f} s{f', in {many} spans' if many > 1 else ''}"
        if "server_clock" in stage.target.capabilities:
            ahead = stage.clocks.server_now() - time.time()
            right = abs(ahead - stage.clocks.server_offset) < _SLACK_S
            self._seen = f"{self._seen}, the server's clock stands {ahead:.0f} s ahead" if right else ""

    def _tick(self, stage: Stage) -> None:
        *before, last = self._spans
        for span in before:
            stage.clocks.pass_time(span)
            stage.settle(_TICK_S)
            if stage.target.pace:
                stage.target.pace.before_act()
        stage.clocks.pass_time(last)

    def effect(self, history: History) -> str:
        """Return how far the clocks went by their own account."""
        del history
        return self._seen

    def lift(self, stage: Stage) -> None:
        """Leave the time as it is: it does not go back."""
