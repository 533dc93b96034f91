"""Leave the computer alone, or set its clock wrong: neither ends a session before its time.

By hand: sign in, do nothing for two hours, and click "Refresh the list". Close the laptop's lid in the evening and open
it in the morning. Set the computer's clock ten minutes back, or 70 minutes forward, and go on using the app; watch in
F12, "Network", that /api/token/refresh/ is not asked again and again.
"""

import pytest
from playwright.sync_api import BrowserContext, Page

from demo_app import DemoApp, refreshes_of

pytestmark = pytest.mark.browser


def test_user_who_comes_back_after_two_hours_twice_is_signed_in(
    context: BrowserContext, page: Page, app: DemoApp
) -> None:
    """Two hours are longer than an access token lives; the second pause needs what the first refresh brought."""
    context.clock.install()
    app.sign_in(page)
    for _pause in range(2):
        app.pass_time(context, hours=2)
        app.use(page)
        app.expect_signed_in(page)


def test_user_who_comes_back_within_the_week_is_signed_in(context: BrowserContext, page: Page, app: DemoApp) -> None:
    """Six days and 23 hours are under the seven days of the refresh token, counted from the last refresh."""
    context.clock.install()
    app.sign_in(page)
    app.expire(context)
    app.use(page)
    app.pass_time(context, days=6, hours=23)
    app.use(page)
    page.reload()
    app.expect_signed_in(page)


def test_laptop_that_sleeps_for_two_nights_wakes_up_signed_in(
    context: BrowserContext, page: Page, app: DemoApp
) -> None:
    """The date has moved on and no timer has told the page so; the first click finds the token expired."""
    context.clock.install()
    app.sign_in(page)
    for _night in range(2):
        app.sleep(context, hours=10)
        app.use(page)
        app.expect_signed_in(page)


def test_clock_that_is_ten_minutes_slow_signs_nobody_out(context: BrowserContext, page: Page, app: DemoApp) -> None:
    """By such a clock an expired token has minutes left; the page believes the server that refuses it."""
    context.clock.install()
    app.set_clock_wrong(context, minutes_ahead=-10)
    app.sign_in(page)
    app.expire(context)
    app.use(page)
    page.reload()
    app.expect_signed_in(page)


def test_clock_that_is_70_minutes_fast_causes_no_refresh(context: BrowserContext, page: Page, app: DemoApp) -> None:
    """To such a clock each new token, good for an hour, looks expired; the server knows better."""
    context.clock.install()
    app.set_clock_wrong(context, minutes_ahead=70)
    refreshes = refreshes_of(context)
    app.sign_in(page)
    for _click in range(3):
        app.use(page)
    page.reload()
    app.use(page)
    assert refreshes == []


def test_clock_that_is_set_back_by_three_hours_signs_nobody_out(
    context: BrowserContext, page: Page, app: DemoApp
) -> None:
    """By the new time the token is good for four hours more; when the server refuses it, it is refreshed."""
    context.clock.install()
    app.sign_in(page)
    app.set_clock_wrong(context, minutes_ahead=-180)
    app.expire(context)
    app.use(page)
    page.reload()
    app.expect_signed_in(page)
