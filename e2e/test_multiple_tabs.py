"""Open the app in several tabs: what one tab does must not sign out another.

By hand: sign in, open the app in two to five tabs, leave them alone for more than an hour, then click "Refresh the
list" in all of them, one straight after the other. Close the tab in which you signed in, and go on in another.
"""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from demo_app import DemoApp, needs_bodies

pytestmark = pytest.mark.browser


def open_two_tabs(context: BrowserContext, app: DemoApp) -> tuple[Page, Page]:
    """Sign in in one tab and open another, which needs no sign-in."""
    context.clock.install()
    first = context.new_page()
    app.sign_in(first)
    return first, app.open_tab(context)


def use_both_when_expired(context: BrowserContext, app: DemoApp, first: Page, second: Page) -> None:
    """Come back when the access token has expired, and use both tabs at once."""
    app.expire(context)
    app.use(first, second)


@pytest.mark.firefox
def test_two_tabs_expire_together_and_both_stay_signed_in(context: BrowserContext, app: DemoApp) -> None:
    """Both tabs want a new token at the same moment, and both get on."""
    first, second = open_two_tabs(context, app)
    use_both_when_expired(context, app, first, second)
    app.expect_signed_in(first, second)


def test_five_tabs_expire_together_on_two_days_and_all_stay_signed_in(context: BrowserContext, app: DemoApp) -> None:
    """Many tabs race for one new token; the second race needs what every tab learnt in the first."""
    tabs = [*open_two_tabs(context, app), *(app.open_tab(context) for _ in range(3))]
    for _day in range(2):
        app.pass_time(context, days=1)
        app.use(*tabs)
        app.expect_signed_in(*tabs)


def test_closing_the_tab_that_signed_in_leaves_the_other_signed_in(context: BrowserContext, app: DemoApp) -> None:
    """The session belongs to the browser, not to a tab."""
    first, second = open_two_tabs(context, app)
    first.close()
    app.expire(context)
    app.use(second)
    app.expect_signed_in(second)


@pytest.mark.firefox
def test_tab_that_opens_during_a_refresh_waits_for_it(context: BrowserContext, page: Page, app: DemoApp) -> None:
    """The new tab asks nobody to sign in: it shows that it is opening, and then the user."""
    context.clock.install()
    app.sign_in(page)
    refresh = app.expire_and_hold_refresh(context)
    second = context.new_page()
    second.goto(app.url)
    expect(second.locator("#opening")).to_be_visible()
    expect(second.locator("#sign-in")).to_be_hidden()
    refresh.continue_()
    app.expect_signed_in(page, second)
    app.use(page, second)


@needs_bodies
def test_closing_a_tab_during_its_refresh_leaves_the_other_signed_in(context: BrowserContext, app: DemoApp) -> None:
    """The new tokens were meant for a tab that is gone; the other one gets its own."""
    open_two_tabs(context, app)
    refresh = app.expire_and_hold_refresh(context)
    refresh.fetch()
    refresh.request.frame.page.close()
    (other,) = context.pages
    app.use(other)
    app.expect_signed_in(other)
