"""A tab's clicks, at the moment when it comes to show sign-in."""

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from nologout.stage.browser import tab as tabs
from nologout.stage.browser.tab import Tab
from nologout.targets import Reference


@dataclass
class FakePage:
    """Shows one mark, and another one once a click has waited in vain."""

    shows: str
    then: str
    clicked: list[str] = field(default_factory=list)

    def locator(self, selector: str) -> "FakeLocator":
        """Return what stands behind a selector."""
        return FakeLocator(selector == self.shows)

    def click(self, selector: str, timeout: float) -> None:
        """Click, or wait in vain where the workspace is not to be had."""
        if self.then:
            self.shows, self.then = self.then, ""
            raise PlaywrightTimeout(f"{selector} was not there for {timeout} ms")
        self.clicked.append(selector)

    def set_extra_http_headers(self, headers: dict[str, str]) -> None:
        """Take the tab's name."""

    def set_default_timeout(self, timeout: float) -> None:
        """Take the patience."""

    def bring_to_front(self) -> None:
        """Come to the front."""


@dataclass
class FakeLocator:
    """Knows whether it is seen."""

    seen: bool

    def filter(self, *, visible: bool) -> "FakeLocator":
        """Return what of it is seen."""
        assert visible
        return self

    def count(self) -> int:
        """Tell how much that is."""
        return int(self.seen)


APP = Reference("stock").app


def tab(page: FakePage) -> Tab:
    """Make a tab of a page that is none."""
    return Tab("a", page, APP, "http://127.0.0.1")  # type: ignore[arg-type]


def test_poke_clicks_once() -> None:
    """A tab that shows the workspace is clicked in."""
    page = FakePage(APP.marks.signed_in, "")
    assert tab(page).poke()
    assert page.clicked == [APP.poke]


def test_poke_of_a_signed_out_tab_does_nothing() -> None:
    """Where the form is shown nothing is clicked."""
    page = FakePage(APP.marks.signed_out, "")
    assert not tab(page).poke()
    assert page.clicked == []


def test_poke_that_sign_in_overtakes_is_no_error() -> None:
    """The form that comes up while the click waits is what happened."""
    page = FakePage(APP.marks.signed_in, APP.marks.signed_out)
    assert not tab(page).poke()
    assert page.clicked == []


def test_poke_of_a_tab_that_shows_nothing_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A blank tab is nobody's sign-out."""
    monkeypatch.setattr(tabs, "_ACT_MS", -1)
    with pytest.raises(PlaywrightTimeout):
        tab(FakePage("nothing", "nothing else")).poke()
