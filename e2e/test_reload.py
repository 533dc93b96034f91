"""Reload the page: the session must still be there, however old the access token is.

By hand: sign in, add an item, press F5. Leave the tab open overnight and press F5 in the morning, two days in a
row. With the network throttled (F12, "Network", "3G"), press F5 while a request to /api/token/refresh/ is under way.
"""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from demo_app import REFRESH, DemoApp, lose_reply, needs_bodies

pytestmark = pytest.mark.browser


def test_reload_at_once_keeps_user_and_list(page: Page, app: DemoApp) -> None:
    """What was there before the reload is there after it."""
    app.sign_in(page)
    app.add_item(page, "milk")
    page.reload()
    app.expect_signed_in(page)
    expect(page.locator("#items li")).to_have_text(["milk"])


@pytest.mark.firefox
def test_reload_on_two_mornings_keeps_the_session(context: BrowserContext, page: Page, app: DemoApp) -> None:
    """Each morning the access token has expired overnight; the second needs what the first refresh brought."""
    context.clock.install()
    app.sign_in(page)
    for _morning in range(2):
        app.pass_time(context, hours=10)
        page.reload()
        app.expect_signed_in(page)


def test_coming_back_after_closing_every_tab_needs_no_sign_in(
    context: BrowserContext, page: Page, app: DemoApp
) -> None:
    """The session outlives its last tab: it is stored, not only remembered by a page."""
    context.clock.install()
    app.sign_in(page)
    page.close()
    app.pass_time(context, hours=2)
    app.use(app.open_tab(context))


@pytest.mark.firefox
def test_reload_before_a_refresh_reaches_the_server_keeps_the_session(
    context: BrowserContext, page: Page, app: DemoApp
) -> None:
    """The reload cancels the refresh on its way, and the new page refreshes for itself."""
    context.clock.install()
    app.sign_in(page)
    app.expire_and_hold_refresh(context)
    page.reload()
    app.expect_signed_in(page)
    app.use(page)


@needs_bodies
def test_reload_while_the_new_tokens_are_on_their_way_keeps_the_session(
    context: BrowserContext, page: Page, app: DemoApp
) -> None:
    """The server has replaced the refresh token, and the page that was to get the new one is gone."""
    context.clock.install()
    app.sign_in(page)
    app.expire_and_hold_refresh(context).fetch()
    page.reload()
    app.expect_signed_in(page)
    app.use(page)


@needs_bodies
def test_reload_after_a_lost_reply_keeps_the_session(context: BrowserContext, page: Page, app: DemoApp) -> None:
    """The new tokens were lost on their way, and the user does what users do then."""
    context.clock.install()
    app.sign_in(page)
    page.route(REFRESH, lose_reply, times=1)
    with page.expect_event("requestfailed"):
        app.expire(context)
    page.reload()
    app.expect_signed_in(page)
    app.use(page)
