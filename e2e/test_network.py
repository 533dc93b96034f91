"""Take the network away while a token must be refreshed: no connection is no reason to sign out.

By hand: sign in, leave the tab alone for more than an hour, set the browser offline (F12, "Network", "Offline"), and
click "Refresh the list". The page says "Reconnecting…" and goes on once it is online. In the same place one can block
the request to /api/token/refresh/, or answer it with something else ("Override content").
"""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from demo_app import REFRESH, DemoApp, lose_reply, needs_bodies, refreshes_of

pytestmark = pytest.mark.browser


@pytest.mark.firefox
def test_being_offline_when_the_token_expires_signs_nobody_out(
    context: BrowserContext, page: Page, app: DemoApp
) -> None:
    """Offline the page keeps its user and says what is wrong; online again it goes on."""
    context.clock.install()
    app.sign_in(page)
    context.set_offline(offline=True)
    app.expire(context)
    page.locator("#refresh-list").click()
    expect(page.locator("#status")).to_contain_text("Reconnecting")
    app.expect_signed_in(page)
    context.set_offline(offline=False)
    app.use(page)
    expect(page.locator("#status")).to_be_empty()
    page.reload()
    app.expect_signed_in(page)


@pytest.mark.parametrize("status", [200, 403, 503])
def test_page_of_html_in_place_of_the_refresh_signs_nobody_out(
    context: BrowserContext, page: Page, app: DemoApp, status: int
) -> None:
    """A hotel's Wi-Fi or a deploy page answers; when it is gone the session goes on."""
    context.clock.install()
    app.sign_in(page)
    page.route(REFRESH, lambda route: route.fulfill(status=status, content_type="text/html", body="<h1>Wi-Fi</h1>"))
    app.expire(context)
    expect(page.locator("#status")).to_contain_text("Reconnecting")
    app.expect_signed_in(page)
    page.unroute(REFRESH)
    page.reload()
    app.expect_signed_in(page)
    app.use(page)


def test_server_that_asks_for_two_minutes_of_patience_gets_them(
    context: BrowserContext, page: Page, app: DemoApp
) -> None:
    """A 429 with Retry-After signs nobody out, and however often the user clicks, no refresh goes out too early."""
    context.clock.install()
    app.sign_in(page)
    page.route(REFRESH, lambda route: route.fulfill(status=429, headers={"Retry-After": "120"}), times=1)
    refreshes = refreshes_of(context)
    app.expire(context)
    expect(page.locator("#status")).to_contain_text("Reconnecting")
    page.locator("#refresh-list").click()
    app.pass_time(context, seconds=100)
    page.locator("#refresh-list").click()
    expect(page.locator("#status")).to_contain_text("Reconnecting")
    assert len(refreshes) == 1
    with page.expect_response(REFRESH):
        app.pass_time(context, seconds=25)
    app.use(page)
    app.expect_signed_in(page)


def test_refresh_whose_connection_breaks_is_sent_again(context: BrowserContext, page: Page, app: DemoApp) -> None:
    """A request that never arrived is tried again within seconds; the user need not do anything."""
    context.clock.install()
    app.sign_in(page)
    page.route(REFRESH, lambda route: route.abort(), times=1)
    with page.expect_response(REFRESH, timeout=10_000), page.expect_event("requestfailed"):
        app.expire(context)
    app.use(page)
    app.expect_signed_in(page)


@needs_bodies
def test_lost_reply_to_a_refresh_signs_nobody_out(context: BrowserContext, page: Page, app: DemoApp) -> None:
    """The server has replaced the refresh token and the page never hears of it: the old one must do once more."""
    context.clock.install()
    app.sign_in(page)
    page.route(REFRESH, lose_reply, times=1)
    with page.expect_response(REFRESH), page.expect_event("requestfailed"):
        app.expire(context)
    app.use(page)
    page.reload()
    app.expect_signed_in(page)
