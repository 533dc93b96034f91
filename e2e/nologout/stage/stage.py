"""The stage of one scenario: tabs of one browser, a fault proxy, clocks, a user, and a tape."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, TypeVar

from nologout.errors import HarnessError, TargetError, Unwelcome
from nologout.model.history import FaultEffect, PageEvent
from nologout.redact import learn
from nologout.stage.browser.ask import ask
from nologout.stage.browser.recorder import pending, record
from nologout.stage.browser.tab import Tab
from nologout.stage.clock import Clocks
from nologout.stage.network.breaker import StormBreaker
from nologout.stage.network.ledger import Ledger
from nologout.stage.network.live import CONNECTIONS_TO_A_HOST
from nologout.stage.network.proxy import FaultProxy
from nologout.stage.network.route import origin_of, route_to
from nologout.stage.network.tokens import TokenVault
from nologout.stage.patience import Patience
from nologout.stage.tape import Tape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Page

    from nologout.stage.browser.quota import Quota
    from nologout.stage.faults.fault import Fault
    from nologout.stage.server import Server
    from nologout.targets.target import Credentials, Target

_F = TypeVar("_F", bound="Fault")
FIRST = "U1"
_TURN_S = 0.02
_QUIET_S = 0.1
_SETTLE_S = 5.0
_STORM_S = 0.5


class Stage:
    """What steps act on; made by `set_stage`."""

    def __init__(self, target: Target, server: Server, context: BrowserContext, proxy: FaultProxy, tape: Tape) -> None:
        self.target = target
        self.app = target.app
        self.server = server
        self.base_url = server.base_url
        self.context = context
        self.proxy = proxy
        self.ledger = proxy.ledger
        self.tape = tape
        self.clocks = Clocks(self.target, self.base_url, context, self.ledger, tape)
        self.users: dict[str, Credentials] = {}
        self.user = self.person(FIRST)
        self.tabs: dict[str, Tab] = {}
        self.faults: list[Fault] = []
        self.stolen = ""
        self.quota: Quota | None = None
        self._closed: dict[Page, str] = {}
        self._desk: Page | None = None
        self._acts: dict[str, int] = {}
        self._calm: dict[str, int] = {}

    @property
    def api_origin(self) -> str:
        """Return where the app's API is: on the page's own origin, unless its address says otherwise."""
        api = self.app.paths.api
        return origin_of(api) if api.startswith(("http:", "https:")) else self.base_url

    def person(self, name: str) -> Credentials:
        """Return a user of the app by a name of the scenario's; a new name gets a new user."""
        if name not in self.users:
            self.users[name] = self.target.new_user(self.base_url, len(self.users))
            learn(self.users[name].password)
            self.ledger.mark(self.users[name].username, name)
            if not self.app.paths.sign_in:
                self.ledger.know_sign_in_by(self.users[name].password)
        return self.users[name]

    def add_tab(self, name: str) -> Tab:
        """Open a blank tab under a name.

        Raises:
            HarnessError: A tab of that name is open already.
        """
        if name in self.tabs:
            raise HarnessError(f"tab {name!r} is open already")
        tab = Tab(name, self._new_page(), self.app, self.base_url, self.target.pace)
        self.tabs[name] = tab
        return tab

    def _new_page(self) -> Page:
        opener = next(iter(self.tabs.values()), None) if self.app.popups else None
        if opener is None:
            return self.context.new_page()
        # A blank one first, so that it is known by its name before it asks for anything.
        with self.context.expect_page() as opened:
            opener.page.evaluate("() => { window.open('about:blank'); }")
        return opened.value

    def close_tab(self, name: str) -> None:
        """Close a tab; what it tells on its way out is still its own."""
        tab = self.tabs.pop(name)
        self._closed[tab.page] = name
        self.tape.add(PageEvent(tab=name, name="closed"))
        tab.page.close()

    def reload_tab(self, name: str) -> None:
        """Reload a tab, as a person does; a page that reloads itself is not said to be."""
        self.tape.add(PageEvent(tab=name, name="reloaded"))
        self.tabs[name].reload()

    @property
    def page(self) -> Page:
        """Return a page of the browser to ask about the device: a tab's, or a blank one while none is open."""
        if self.tabs:
            return next(iter(self.tabs.values())).page
        if self._desk is None:
            self._desk = self.context.new_page()
        return self._desk

    def name_of(self, page: Page) -> str:
        """Return a page's name in the scenario."""
        return next((tab.name for tab in self.tabs.values() if tab.page == page), self._closed.get(page, "?"))

    def inject(self, fault: Fault) -> None:
        """Put a fault in force; its witness is asked for its effect later."""
        self.faults.append(fault)
        fault.inject(self)

    def latest(self, kind: type[_F]) -> _F:
        """Return the fault of a kind that was put in force last.

        Raises:
            HarnessError: There is none.
        """
        found = next((fault for fault in reversed(self.faults) if isinstance(fault, kind)), None)
        if found is None:
            raise HarnessError(f"no {kind.name} is in force")
        return found

    def acted(self, tab: str) -> None:
        """Remember that the user of a tab acts now."""
        self._acts[tab] = len(self.tape.history().events)

    def last_act(self, tab: str) -> int:
        """Return how many events had been seen when the user of a tab acted last."""
        return self._acts.get(tab, 0)

    def lift_faults(self) -> None:
        """Take back every fault that is still in force."""
        for fault in self.faults:
            fault.lift(self)

    def await_effects(self, patience: float = _SETTLE_S) -> None:
        """Wait until every fault's witness has seen its effect, or patience (seconds) ends."""
        self.wait_until(lambda: all(fault.effect(self.tape.history()) for fault in self.faults), patience)

    def note_effects(self) -> None:
        """Write down what the witnesses say, also when they saw nothing."""
        history = self.tape.history()
        for fault in self.faults:
            self.tape.add(FaultEffect(fault=fault.name, effect=fault.effect(history)))

    def wait_until(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Wait for a condition while the browser's messages are heard; False when patience ends first."""
        patience = Patience(seconds, self.tape.now())
        while not condition():
            if patience.is_over(self.tape.now()):
                return False
            self._hear()
            self.ledger.wait_for(lambda: False, _TURN_S)
        return True

    def wait(self, seconds: float) -> None:
        """Let real time pass while the browser's messages are heard."""
        ends = self.tape.now() + seconds
        while self.tape.now() < ends:
            self.wait_until(lambda: self.tape.now() >= ends, seconds)

    def settle(self, patience: float = _SETTLE_S) -> bool:
        """Wait until nothing moves: only held requests are under way, and nothing was seen for a moment."""
        # An app that refreshes without end does not come to rest, however long one waits.
        return self.wait_until(self._still, min(patience, _STORM_S) if self.ledger.has_stormed else patience)

    def _still(self) -> bool:
        held = len(self.ledger.held("door")) + len(self.ledger.held("reply"))
        if len(self.ledger.under_way()) != held or self.tape.quiet_for() <= _QUIET_S:
            return False
        # Beyond its connections to a host the browser itself holds requests back.
        return held >= CONNECTIONS_TO_A_HOST or held >= sum(self._pending(tab) for tab in self.tabs.values())

    def _pending(self, tab: Tab) -> int:
        # A tab that has told nothing since it had nothing pending has nothing pending now: fifty need not be asked.
        told = self.tape.last_of(tab.name)
        if self._calm.get(tab.name) == told:
            return 0
        waiting = pending(tab.page)
        if not waiting:
            self._calm[tab.name] = told
        return waiting

    def _hear(self) -> None:
        # Any call into the browser lets Playwright hand over what all its pages have told meanwhile.
        ask(self.page, "0", 0)

    def check_alive(self) -> None:
        """Raise when a part of the stage has died.

        Raises:
            HarnessError: Browser or proxy is gone.
            TargetError: The server is gone; Unwelcome where it is an app that nologout judges at its own address.
        """
        browser = self.context.browser
        if browser is not None and not browser.is_connected():
            raise HarnessError("the browser died")
        if not self.proxy.alive:
            raise HarnessError("the fault proxy died")
        if not self.server.alive:
            # An app that came back is another one: what is judged then is not what was rehearsed.
            gone = Unwelcome if self.target.reach.stands else TargetError
            raise gone(f"the app's server {self.server.loss}")
        if self.ledger.silences and "restart" not in self.target.capabilities:
            raise TargetError(f"the app's server did not answer {self.ledger.silences[0]}")


@contextlib.contextmanager
def set_stage(target: Target, server: Server, new_context: Callable[..., BrowserContext]) -> Iterator[Stage]:
    """Set the stage for one scenario on a running server, and clear it afterwards.

    The server may have been started for another client of the same profile: it serves them all.
    `new_context` makes a browser context and takes Playwright's own keyword arguments.
    """
    tape = Tape()
    ledger = Ledger(tape, TokenVault(target.app.places), target.app.role_of)
    if target.pace is not None:
        ledger.rules.append(StormBreaker(ledger, tape))
    route = route_to(server.base_url, target.reach)
    proxy = FaultProxy(ledger, route)
    proxy.start()
    try:
        # The proxy verifies the app's certificate; its own is of a moment ago, and nobody's concern.
        secure = {"ignore_https_errors": True} if route.is_secure else {}
        context = new_context(proxy={"server": proxy.address}, **secure)
        try:
            stage = Stage(target, server, context, proxy, tape)
            record(context, tape, stage.name_of)
            stage.clocks.install()
            yield stage
        finally:
            with contextlib.suppress(Exception):  # a dead browser has no context left to close
                context.close()
    finally:
        proxy.stop()
