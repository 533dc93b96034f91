"""Reload the page: the session must still be there, however old the access token is."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from demo_app import DemoApp

pytestmark = pytest.mark.browser


def test_reload_at_once_keeps_user_and_list(page: Page, app: DemoApp) -> None:
    """What was there before the reload is there after it."""
    app.sign_in(page)
    page.locator("#new-item").fill("milk")
    page.locator("#add-item").click()
    expect(page.locator("#items li")).to_have_text(["milk"])
    page.reload()
    expect(page.locator("#who")).to_have_text(app.username)
    expect(page.locator("#items li")).to_have_text(["milk"])


def test_reload_on_two_mornings_keeps_the_session(context: BrowserContext, page: Page, app: DemoApp) -> None:
    """Each morning the access token has expired overnight; the second needs what the first refresh brought."""
    context.clock.install()
    app.sign_in(page)
    for _morning in range(2):
        app.pass_time(context, hours=10)
        page.reload()
        expect(page.locator("#who")).to_have_text(app.username)
