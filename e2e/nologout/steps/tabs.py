"""Steps of a person at a browser: sign in and out, open, reload and close tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from nologout.errors import HarnessError, TargetError, Unwelcome
from nologout.model.history import Look, PageEvent
from nologout.redact import redact
from nologout.stage.faults.page.left_mid_refresh import LeftMidRefresh
from nologout.steps.step import ScenarioOver, Step, stop
from nologout.steps.undecided import await_decided

if TYPE_CHECKING:
    from nologout.model.history import Exchange
    from nologout.stage.browser.tab import Tab
    from nologout.stage.stage import Stage
    from nologout.targets.app import App

_ENDING_S = 5.0
_SIGN_IN_S = 15.0
_DECIDED_S = 1.0
_LATER = frozenset({423, 429})


class SignIn(Step, frozen=True, tag="sign_in"):
    """Sign in, in a tab that is opened for it if it is not open yet; another name is another user."""

    tab: str = "a"
    user: str = "U1"

    def perform(self, stage: Stage) -> None:
        """Fill in the form; return when the page shows the user as signed in."""
        tab = stage.tabs.get(self.tab)
        if tab is None:
            tab = stage.add_tab(self.tab)
            tab.open()
            if not stage.app.form.path:
                await_decided(stage, tab)
        before = len(stage.tape.history().events)
        tab.sign_in(stage.person(self.user))
        stage.wait_until(lambda: tab.looks() == "signed_in" or _stays_out(stage, tab, before), _SIGN_IN_S)
        if tab.looks() != "signed_in":
            if not _let_in(stage, self.tab, before):
                raise _turned_down(stage, self.tab, before)
            stop(stage, self.tab)
        stage.settle()

    def by_hand(self, app: App) -> str:
        """Say as whom."""
        user = "the user" if self.user == "U1" else f"another user ({self.user})"
        return f"Open `{app.paths.page}`, unless the tab shows the app already, and sign in as {user}."


class OpenTab(Step, frozen=True, tag="open_tab"):
    """Open the app in one more tab, perhaps by a link that leads into it."""

    tab: str
    deep: bool = False
    wait: bool = True

    def perform(self, stage: Stage) -> None:
        """Open it; return when the page has decided what to show, or at once if it is not to be waited for."""
        tab = stage.add_tab(self.tab)
        tab.open(deep=self.deep)
        if self.deep:
            stage.tape.add(PageEvent(tab=self.tab, name="came_by", detail=redact(tab.place)))
        if self.wait:
            await_decided(stage, tab)
        stage.settle()

    def by_hand(self, app: App) -> str:
        """Say by which address, and whether to wait for it."""
        page = app.paths.page
        link = f"`{page}{app.paths.deep}`, which leads into the app," if self.deep else f"`{page}`"
        return f"Open {link} in this new tab{'' if self.wait else ', and go on at once'}."


class Reload(Step, frozen=True, tag="reload"):
    """Reload a tab."""

    hand: ClassVar[str] = "Reload the page."

    tab: str = "a"

    def perform(self, stage: Stage) -> None:
        """Reload it; return when the page has decided what to show."""
        tab = tab_of(stage, self.tab)
        stage.reload_tab(self.tab)
        await_decided(stage, tab)
        stage.settle()


class CloseTab(Step, frozen=True, tag="close_tab"):
    """Close a tab."""

    hand: ClassVar[str] = "Close the tab."

    tab: str = "a"

    def perform(self, stage: Stage) -> None:
        """Close it."""
        tab_of(stage, self.tab)
        stage.close_tab(self.tab)
        stage.settle()


class LeaveMidRefresh(Step, frozen=True, tag="leave_mid_refresh"):
    """Close or reload a tab whose refresh is held, and do not wait for what comes of it."""

    hand: ClassVar[str] = "While its refresh is pending, {step.by} the tab."

    tab: str = "a"
    by: Literal["close", "reload"] = "close"

    def perform(self, stage: Stage) -> None:
        """Leave the page."""
        stage.inject(LeftMidRefresh(self.tab, self.by))
        stage.settle()


class SignOut(Step, frozen=True, tag="sign_out"):
    """Sign out in a tab."""

    ends: ClassVar[bool] = True
    hand: ClassVar[str] = "Sign out."

    tab: str = "a"

    def perform(self, stage: Stage) -> None:
        """Click; return when that tab shows it."""
        tab_of(stage, self.tab).sign_out()
        stage.settle()


class AwaitEnd(Step, frozen=True, tag="await_end"):
    """The session must have ended: wait until the tab shows it, and write down how it looks."""

    hand: ClassVar[str] = "Wait until the page says that the session has ended."

    tab: str = "a"

    def perform(self, stage: Stage) -> None:
        """Wait at most 5 s; when the session goes on, the scenario is over: there is nothing to sign in to."""
        tab = tab_of(stage, self.tab)
        stage.wait_until(lambda: tab.looks() == "signed_out", _ENDING_S)
        looks, words = tab.looks(), redact(tab.words())
        look = Look(tab=self.tab, phase="ended", looks=looks, probe="not_tried", then=looks, words=words)
        stage.tape.add(look)
        if looks != "signed_out":
            raise ScenarioOver(self.tab)


def _sign_ins(stage: Stage, tab: str, before: int) -> list[Exchange]:
    """Return the sign-ins of a tab that are over."""
    return [e for e in stage.tape.history().exchanges if e.seq > before and (e.tab, e.role) == (tab, "sign_in")]


def _let_in(stage: Stage, tab: str, before: int) -> bool:
    """Tell whether the server has let the user of a tab in."""
    return any(e.shown is not None and e.shown < 400 for e in _sign_ins(stage, tab, before))


def _stays_out(stage: Stage, tab: Tab, before: int) -> bool:
    """Tell whether a page goes on showing the sign-in form although its sign-in was answered."""
    waited = stage.tape.quiet_for() > _DECIDED_S and tab.looks() == "signed_out"
    return waited and bool(_sign_ins(stage, tab.name, before))


def _turned_down(stage: Stage, tab: str, before: int) -> TargetError:
    """Return what is to be said of a sign-in that let nobody in."""
    waiting = [live for live in stage.ledger.under_way() if live.role == "sign_in"]
    if waiting:
        return Unwelcome(f"the app did not answer the sign-in ({waiting[0].request.path}) within {_SIGN_IN_S:.0f} s")
    sent = _sign_ins(stage, tab, before)
    if not sent or sent[-1].fate != "delivered":
        return TargetError(f"the sign-in in tab {tab} did not succeed: {sent[-1].fate if sent else 'none was sent'}")
    last = sent[-1]
    if last.shown in _LATER:
        wait = f"; it asks to wait {last.wait_s:.0f} s" if last.wait_s else ""
        return Unwelcome(f"the app takes no more sign-ins for now ({last.shown} at {last.path}{wait})")
    return Unwelcome(f"the app refuses the account ({last.shown} at {last.path})")


def tab_of(stage: Stage, name: str) -> Tab:
    """Return an open tab.

    Raises:
        HarnessError: It was never opened, or is closed.
    """
    if name not in stage.tabs:
        raise HarnessError(f"tab {name!r} is not open")
    return stage.tabs[name]
