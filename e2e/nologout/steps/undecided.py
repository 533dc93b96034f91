"""What to make of a tab that shows neither of its marks for as long as a person would wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from playwright.sync_api import TimeoutError as PlaywrightTimeout

from nologout.errors import TargetError
from nologout.model.history import PageEvent
from nologout.redact import redact
from nologout.steps.step import ScenarioOver

if TYPE_CHECKING:
    from nologout.stage.browser.tab import Tab
    from nologout.stage.stage import Stage


def await_decided(stage: Stage, tab: Tab) -> None:
    """Wait until a tab shows either mark, 15 s at most.

    Raises:
        ScenarioOver, TargetError: It shows neither; as `undecided` says.
    """
    try:
        tab.await_decided()
    except PlaywrightTimeout:
        undecided(stage, tab)


def undecided(stage: Stage, tab: Tab) -> NoReturn:
    """Say what is wrong with a tab that shows neither mark.

    Raises:
        ScenarioOver: The page is empty though nothing keeps it waiting: a finding, which the oracle looks at again.
        TargetError: It shows something; whether its user is signed in cannot be told.
    """
    waits = any(live.tab == tab.name for live in stage.ledger.under_way())
    if tab.is_empty() and not waits:
        stage.tape.add(PageEvent(tab=tab.name, name="stayed_empty", detail="no text, no picture and no field"))
        raise ScenarioOver(tab.name)
    marks = stage.app.marks
    held = ", and a request of its is not answered yet" if waits else ""
    words = redact(tab.words())
    raise TargetError(
        f"tab {tab.name} shows neither `marks.signed_in` ({marks.signed_in}) nor `marks.signed_out` "
        f"({marks.signed_out}){held}: {f'it says «{words}»' if words else 'see what it shows then, and mend the marks'}"
    )
