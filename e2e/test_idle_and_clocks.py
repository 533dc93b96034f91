"""Leave the computer alone, or set its clock wrong: neither ends a session before its time."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from demo_app import DemoApp

pytestmark = pytest.mark.browser


def test_user_who_comes_back_within_the_week_is_signed_in(context: BrowserContext, page: Page, app: DemoApp) -> None:
    """Six days and 23 hours are under the seven days of the refresh token, counted from the last refresh."""
    context.clock.install()
    app.sign_in(page)
    app.pass_time(context, hours=1, minutes=5)
    with page.expect_response("**/api/items/"):
        page.locator("#refresh-list").click()
    app.pass_time(context, days=6, hours=23)
    page.locator("#refresh-list").click()
    expect(page.locator("#who")).to_have_text(app.username)
    page.reload()
    expect(page.locator("#who")).to_have_text(app.username)


def test_clock_that_is_70_minutes_fast_causes_no_refresh(context: BrowserContext, page: Page, app: DemoApp) -> None:
    """To such a clock each new token, good for an hour, looks expired; the server knows better."""
    refreshes: list[str] = []
    context.on("request", lambda request: refreshes.append(request.url) if "/token/refresh/" in request.url else None)
    context.clock.install()
    context.clock.set_system_time(datetime.now().astimezone() + timedelta(minutes=70))
    app.sign_in(page)
    for _ in range(3):
        with page.expect_response("**/api/items/"):
            page.locator("#refresh-list").click()
    expect(page.locator("#workspace")).to_be_visible()
    assert refreshes == []
