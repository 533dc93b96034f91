"""How hard the harness may press an app that is somebody else's: a budget of sign-ins, and a rate of acts."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from nologout.errors import Unwelcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from nologout.targets.config.tables import Limits


class Pace:
    """Waits before an act where the last was a moment ago; a run's processes share the limits evenly."""

    def __init__(
        self,
        limits: Limits,
        workers: int = 1,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._left = max(1, limits.sign_ins // workers)
        self._between = {
            "sign_in": 60 * workers / limits.sign_ins_per_minute,
            "act": workers / limits.acts_per_second,
        }
        self._free_at = dict.fromkeys(self._between, 0.0)
        self._now, self._sleep = now, sleep

    def before_act(self) -> None:
        """Wait until the app may be acted on again."""
        self._wait("act")

    def before_sign_in(self) -> None:
        """Wait until somebody may sign in again.

        Raises:
            Unwelcome: There have been as many sign-ins as a run may have.
        """
        if not self._left:
            raise Unwelcome("the run's budget of sign-ins is spent (`limits.sign_ins`)")
        self._left -= 1
        self._wait("sign_in")

    def _wait(self, what: str) -> None:
        wait = self._free_at[what] - self._now()
        if wait > 0:
            self._sleep(wait)
        self._free_at[what] = self._now() + self._between[what]
