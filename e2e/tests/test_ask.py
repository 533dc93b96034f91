"""A page that goes elsewhere while it is asked is no failure of the harness."""

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from nologout.stage.browser.ask import ask

pytestmark = pytest.mark.browser


def test_page_that_is_left_while_it_is_asked_gives_the_other_answer(page: Page) -> None:
    """It never comes to its own answer; the page after it can be asked."""
    page.route("**/*", lambda route: route.fulfill(body="a page"))
    page.goto("http://app.example/")
    with page.expect_navigation():
        assert ask(page, "() => { location.reload(); return new Promise(() => {}); }", 7) == 7
    assert ask(page, "() => 1 + 1", 7) == 2


def test_script_that_fails_is_a_failure(page: Page) -> None:
    """What is wrong with the question is told."""
    with pytest.raises(PlaywrightError, match="nothing is not defined"):
        ask(page, "() => nothing.there", 7)


def test_page_that_is_closed_is_a_failure(page: Page) -> None:
    """It will not answer again."""
    page.close()
    with pytest.raises(PlaywrightError, match="closed"):
        ask(page, "0", 7)
