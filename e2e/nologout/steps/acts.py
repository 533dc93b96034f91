"""Steps of a person who does something that needs the session."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from playwright.sync_api import TimeoutError as PlaywrightTimeout

from nologout.model.history import PageEvent
from nologout.steps.step import Step, stop
from nologout.steps.tabs import tab_of
from nologout.steps.undecided import undecided

if TYPE_CHECKING:
    from nologout.stage.browser.tab import Tab
    from nologout.stage.stage import Stage
    from nologout.targets.app import App

_SERVED_S = 8.0


class Poke(Step, frozen=True, tag="poke"):
    """Do something in a tab that needs the session, and do not wait for what comes of it."""

    hand: ClassVar[str] = "Use the app (see above), and go on at once."

    tab: str = "a"

    def perform(self, stage: Stage) -> None:
        """Click."""
        _poke(stage, self.tab)


class PokeTogether(Step, frozen=True, tag="poke_together"):
    """Do it several times in one moment."""

    hand: ClassVar[str] = "Use the app {step.times} times in one moment, and go on at once."

    tab: str = "a"
    times: int = 3

    def perform(self, stage: Stage) -> None:
        """Click as often, before any reply can come."""
        tab = tab_of(stage, self.tab)
        if tab.looks() == "signed_out":
            stop(stage, self.tab)
        stage.acted(self.tab)
        tab.poke_together(self.times)


class WriteNote(Step, frozen=True, tag="write_note"):
    """Write something down as a user, and do not wait for what comes of it."""

    hand: ClassVar[str] = "Write something down as this user that the app sends to its server, and go on at once."

    tab: str = "a"
    user: str = "U1"

    def perform(self, stage: Stage) -> None:
        """Send a text by which the proxy knows whose it is."""
        text = f"a note of {stage.person(self.user).username}"
        stage.ledger.mark(text, f"note:{self.user}")
        stage.acted(self.tab)
        tab_of(stage, self.tab).write_note(text)

    def by_hand(self, app: App) -> str:
        """Say as whom."""
        return f"{super().by_hand(app)} The user is {self.user}."


class AwaitServed(Step, frozen=True, tag="await_served"):
    """What was done last in a tab gets done without another click, once nothing is in its way."""

    hand: ClassVar[str] = "Wait, without another click, until what was done last has come out; 10 seconds are enough."

    tab: str = "a"

    def perform(self, stage: Stage) -> None:
        """Wait until the server has served the tab, the tab looks signed out, or 8 s are over."""
        _await_served(stage, tab_of(stage, self.tab))


class Use(Step, frozen=True, tag="use"):
    """Do something in a tab that needs the session, and wait until it is done (or the tab shows sign-in)."""

    hand: ClassVar[str] = "Use the app, and wait until what it asked for is there."

    tab: str = "a"

    def perform(self, stage: Stage) -> None:
        """Click; return when the server has served the tab, the tab looks signed out, or 8 s are over."""
        _await_served(stage, _poke(stage, self.tab))


def _poke(stage: Stage, name: str) -> Tab:
    tab = tab_of(stage, name)
    stage.acted(name)
    try:
        acted = tab.poke()
    except PlaywrightTimeout:
        if tab.looks() == "blank":
            undecided(stage, tab)
        raise
    if not acted:
        stop(stage, name)
    return tab


def _await_served(stage: Stage, tab: Tab) -> None:
    def served() -> bool:
        return any(
            e.tab == tab.name and e.role == "api" and e.served
            for e in stage.tape.history().exchanges
            if e.seq > stage.last_act(tab.name)
        )

    stage.wait_until(lambda: served() or tab.looks() == "signed_out", _SERVED_S)
    stage.settle()
    if not served() and tab.looks() != "signed_out":
        detail = f"{_SERVED_S:.0f} s after the click nothing had been served"
        stage.tape.add(PageEvent(tab=tab.name, name="act_unserved", detail=detail))
