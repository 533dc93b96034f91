"""Take the network away while a token must be refreshed: no connection is no reason to sign out."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from demo_app import DemoApp

pytestmark = pytest.mark.browser
REFRESH = "**/api/token/refresh/"


def test_being_offline_when_the_token_expires_signs_nobody_out(
    context: BrowserContext, page: Page, app: DemoApp
) -> None:
    """Offline the page keeps its user and says what is wrong; online again it goes on."""
    context.clock.install()
    app.sign_in(page)
    context.set_offline(offline=True)
    app.pass_time(context, hours=1, minutes=5)
    page.locator("#refresh-list").click()
    expect(page.locator("#workspace")).to_be_visible()
    expect(page.locator("#status")).to_contain_text("Reconnecting")
    context.set_offline(offline=False)
    with page.expect_response("**/api/items/"):
        page.locator("#refresh-list").click()
    expect(page.locator("#workspace")).to_be_visible()
    page.reload()
    expect(page.locator("#who")).to_have_text(app.username)


@pytest.mark.parametrize("status", [200, 403, 503])
def test_page_of_html_in_place_of_the_refresh_signs_nobody_out(
    context: BrowserContext, page: Page, app: DemoApp, status: int
) -> None:
    """A hotel's Wi-Fi or a deploy page answers; when it is gone the session goes on."""
    context.clock.install()
    app.sign_in(page)
    page.route(REFRESH, lambda route: route.fulfill(status=status, content_type="text/html", body="<h1>Wi-Fi</h1>"))
    with page.expect_response(REFRESH):
        app.pass_time(context, hours=1, minutes=5)
        page.locator("#refresh-list").click()
    expect(page.locator("#workspace")).to_be_visible()
    page.unroute(REFRESH)
    page.reload()
    expect(page.locator("#who")).to_have_text(app.username)
