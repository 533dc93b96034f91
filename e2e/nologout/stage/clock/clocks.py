"""The two clocks of a stage: the browser's (one device, all tabs) and the server's.

The browser's is Playwright's `page.clock` (Date, performance, timers) with its cookies aged alongside;
the server's is set by the target. Offsets are seconds from real time.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from nologout.errors import Unsupported
from nologout.model.history import ClockMoved
from nologout.stage.clock.cookies import age_cookies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext

    from nologout.stage.network.ledger import Ledger
    from nologout.stage.tape import Tape
    from nologout.targets.target import Target

BACKEND = "page.clock + cookie ageing"


class Clocks:
    """Moves both clocks of one stage."""

    def __init__(self, target: Target, base_url: str, context: BrowserContext, ledger: Ledger, tape: Tape) -> None:
        self._target = target
        self._base_url = base_url
        self._context = context
        self._ledger = ledger
        self._tape = tape
        self.browser_offset = 0.0
        self.server_offset = 0.0
        self.cookies_died = 0

    def install(self) -> None:
        """Put the browser's clock in our hands, at the present time, and the server's back to real time."""
        self._context.clock.install()
        if "server_clock" in self._target.capabilities:
            self._target.move_clock(self._base_url, 0)

    def pass_time(self, seconds: float) -> None:
        """Let time pass for browser, cookies and server alike (due timers fire once, as after a sleep)."""
        if "server_clock" in self._target.capabilities:
            self._move_server(seconds)
        self.cookies_died += age_cookies(self._context, seconds)
        self.browser_offset += seconds
        self._note()
        self._context.clock.fast_forward(int(seconds * 1000))

    def sleep(self, seconds: float) -> None:
        """Let time pass while the device sleeps: date, cookies and server go on, and no timer fires."""
        if "server_clock" in self._target.capabilities:
            self._move_server(seconds)
        self.cookies_died += age_cookies(self._context, seconds)
        self.set_browser(self.browser_offset + seconds)

    @contextmanager
    def dozing(self) -> Iterator[None]:
        """Have no timer fire while real time goes on; the date is right again afterwards."""
        self._context.clock.pause_at(time.time() + self.browser_offset)
        yield
        self._context.clock.resume()
        self.set_browser(self.browser_offset)

    def move_server(self, seconds: float) -> None:
        """Move the server's clock alone.

        Raises:
            Unsupported: The target's clock cannot be moved.
        """
        if "server_clock" not in self._target.capabilities:
            raise Unsupported("server_clock")
        self._move_server(seconds)
        self._note()

    def set_browser(self, offset: float) -> None:
        """Set the browser's date so many seconds from real time, as a wrong clock is; no timer fires."""
        self._context.clock.set_system_time(time.time() + offset)
        self.browser_offset = offset
        self._note()

    def server_now(self) -> float:
        """Return the server's own "now" in unix seconds, as the server tells it."""
        return self._target.move_clock(self._base_url, self.server_offset)

    def _move_server(self, seconds: float) -> None:
        self.server_offset += seconds
        self._ledger.server_offset = self.server_offset
        self._target.move_clock(self._base_url, self.server_offset)

    def _note(self) -> None:
        self._tape.add(ClockMoved(browser_offset=self.browser_offset, server_offset=self.server_offset))
