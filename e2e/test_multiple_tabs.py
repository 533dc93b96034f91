"""Open the app in several tabs: what one tab does must not sign out another."""

import pytest
from playwright.sync_api import BrowserContext, Page, Response, expect

from demo_app import DemoApp

pytestmark = pytest.mark.browser


def served(response: Response) -> bool:
    """Tell whether a reply is the list, not a refusal."""
    return response.url.endswith("/api/items/") and response.ok


def open_two_tabs(context: BrowserContext, app: DemoApp) -> tuple[Page, Page]:
    """Sign in in one tab and open another, which needs no sign-in."""
    context.clock.install()
    first = context.new_page()
    app.sign_in(first)
    second = context.new_page()
    second.goto(app.url)
    expect(second.locator("#workspace")).to_be_visible()
    return first, second


def use_both_when_expired(context: BrowserContext, app: DemoApp, first: Page, second: Page) -> None:
    """Come back when the access token has expired, and use both tabs at once."""
    app.pass_time(context, hours=1, minutes=5)
    with first.expect_response(served), second.expect_response(served):
        for tab in (first, second):
            tab.bring_to_front()
            tab.locator("#refresh-list").click()


def test_two_tabs_expire_together_and_both_stay_signed_in(context: BrowserContext, app: DemoApp) -> None:
    """Both tabs want a new token at the same moment, and both get on."""
    first, second = open_two_tabs(context, app)
    use_both_when_expired(context, app, first, second)
    expect(first.locator("#workspace")).to_be_visible()
    expect(second.locator("#workspace")).to_be_visible()


def test_closing_the_tab_that_signed_in_leaves_the_other_signed_in(context: BrowserContext, app: DemoApp) -> None:
    """The session belongs to the browser, not to a tab."""
    first, second = open_two_tabs(context, app)
    first.close()
    app.pass_time(context, hours=1, minutes=5)
    with second.expect_response(served):
        second.locator("#refresh-list").click()
    expect(second.locator("#who")).to_have_text(app.username)
