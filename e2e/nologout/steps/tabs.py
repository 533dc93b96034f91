"""Steps of a person at a browser: sign in, open a tab, use it, reload it, sign out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from nologout.errors import HarnessError
from nologout.model.history import PageEvent
from nologout.steps.step import SignedOutEarly, Step

if TYPE_CHECKING:
    from nologout.stage.browser.tab import Tab
    from nologout.stage.stage import Stage

_SERVED_S = 8.0


class SignIn(Step, frozen=True, tag="sign_in"):
    """Sign in, in a tab that is opened for it if it is not open yet."""

    tab: str = "a"

    def perform(self, stage: Stage) -> None:
        """Fill in the form; return when the page shows the user as signed in."""
        tab = stage.tabs.get(self.tab) or stage.add_tab(self.tab)
        tab.sign_in(stage.user)
        stage.settle()


class OpenTab(Step, frozen=True, tag="open_tab"):
    """Open the app in one more tab."""

    tab: str

    def perform(self, stage: Stage) -> None:
        """Open it; return when the page has decided what to show."""
        stage.add_tab(self.tab)
        stage.settle()


class Reload(Step, frozen=True, tag="reload"):
    """Reload a tab."""

    tab: str = "a"

    def perform(self, stage: Stage) -> None:
        """Reload it; return when the page has decided what to show."""
        tab = _tab(stage, self.tab)
        tab.reload()
        tab.await_decided()
        stage.settle()


class Poke(Step, frozen=True, tag="poke"):
    """Do something in a tab that needs the session, and do not wait for what comes of it."""

    tab: str = "a"

    def perform(self, stage: Stage) -> None:
        """Click."""
        _poke(stage, self.tab)


class Use(Step, frozen=True, tag="use"):
    """Do something in a tab that needs the session, and wait until it is done (or the tab shows sign-in)."""

    tab: str = "a"

    def perform(self, stage: Stage) -> None:
        """Click; return when the server has served the tab, the tab looks signed out, or 8 s are over."""
        before = len(stage.tape.history().events)
        tab = _poke(stage, self.tab)

        def done() -> bool:
            served = any(
                e.tab == self.tab and e.role == "api" and e.shown is not None and e.shown < 400
                for e in stage.tape.history().exchanges
                if e.seq > before
            )
            return served or tab.looks() == "signed_out"

        stage.wait_until(done, _SERVED_S)
        stage.settle()


class SignOut(Step, frozen=True, tag="sign_out"):
    """Sign out in a tab."""

    tab: str = "a"

    def perform(self, stage: Stage) -> None:
        """Click; return when that tab shows it."""
        tab = _tab(stage, self.tab)
        if tab.looks() == "signed_out":
            _stop(stage, self.tab)
        tab.sign_out()
        stage.settle()


def _tab(stage: Stage, name: str) -> Tab:
    if name not in stage.tabs:
        raise HarnessError(f"tab {name!r} was never opened")
    return stage.tabs[name]


def _poke(stage: Stage, name: str) -> Tab:
    tab = _tab(stage, name)
    if not tab.poke():
        _stop(stage, name)
    return tab


def _stop(stage: Stage, name: str) -> NoReturn:
    stage.tape.add(PageEvent(tab=name, name="act_impossible", detail="the tab shows the sign-in form"))
    raise SignedOutEarly(name)
