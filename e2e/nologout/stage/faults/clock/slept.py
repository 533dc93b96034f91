"""The laptop sleeps: its date goes on, and no timer of a page does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.stage.stage import Stage

_SLACK_S = 5
_CLOCKS = "[Date.now() / 1000, performance.now() / 1000]"


class Slept:
    """Moves date and server alone, or really waits; the witnesses are the page's own two clocks."""

    name = "slept"

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._seen = ""

    def inject(self, stage: Stage) -> None:
        """Sleep, and ask a page what its clocks say."""
        date, timers = stage.page.evaluate(_CLOCKS)
        if stage.app.expiry == "wait":
            with stage.clocks.dozing():
                stage.wait(self._seconds)
        else:
            stage.clocks.sleep(self._seconds)
        date_after, timers_after = stage.page.evaluate(_CLOCKS)
        went_on, ran = date_after - date, timers_after - timers
        if abs(went_on - self._seconds) < _SLACK_S and ran < _SLACK_S:
            self._seen = f"the page's Date went on by {went_on:.0f} s, the clock of its timers by {ran:.0f} s"

    def effect(self, history: History) -> str:
        """Return how far either clock went."""
        del history
        return self._seen

    def lift(self, stage: Stage) -> None:
        """Leave the time as it is: it does not go back."""
