"""End the session where it must end: in every tab, and with the reason in words."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from demo_app import DemoApp

pytestmark = pytest.mark.browser


def test_signing_out_in_one_tab_signs_out_the_others(context: BrowserContext, page: Page, app: DemoApp) -> None:
    """The other tab shows the sign-in form by itself, and a reload does not bring the session back."""
    app.sign_in(page)
    other = context.new_page()
    other.goto(app.url)
    expect(other.locator("#workspace")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("#sign-in")).to_be_visible()
    expect(other.locator("#sign-in")).to_be_visible()
    other.reload()
    expect(other.locator("#sign-in")).to_be_visible()


def test_user_who_comes_back_after_eight_days_is_asked_to_sign_in(
    context: BrowserContext, page: Page, app: DemoApp
) -> None:
    """Seven days is how long a session lasts without use; the page says why it has ended."""
    context.clock.install()
    app.sign_in(page)
    app.pass_time(context, days=8)
    page.reload()
    expect(page.locator("#sign-in")).to_be_visible()
    expect(page.locator("#status")).to_contain_text("you had not been here for too long")
