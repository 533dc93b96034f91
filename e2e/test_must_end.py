"""End the session where it must end: in every tab, and with the reason in words.

By hand: sign in in two tabs and sign out in one of them. Stay away for eight days. Change the password on another
device, or have the account closed, and go on. Sign out in one tab, sign in there as somebody else, and look at the
other tab.
"""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from demo_app import DemoApp

pytestmark = pytest.mark.browser


@pytest.mark.firefox
def test_signing_out_in_one_tab_signs_out_the_others(context: BrowserContext, page: Page, app: DemoApp) -> None:
    """The other tabs show the sign-in form by themselves, and a reload does not bring the session back."""
    app.sign_in(page)
    second, third = app.open_tab(context), app.open_tab(context)
    page.bring_to_front()
    page.get_by_role("button", name="Sign out").click()
    app.expect_signed_out(page, second, third, because="You have signed out.")
    second.reload()
    app.expect_signed_out(second)


def test_user_who_comes_back_after_eight_days_is_asked_to_sign_in(
    context: BrowserContext, page: Page, app: DemoApp
) -> None:
    """Seven days is how long a session lasts without use; every tab says why it has ended."""
    context.clock.install()
    app.sign_in(page)
    second = app.open_tab(context)
    app.pass_time(context, days=8)
    page.reload()
    app.expect_signed_out(page, second, because="you had not been here for too long")
    app.sign_in(page)
    app.expect_signed_in(page, second)


def test_changed_password_ends_the_session_in_every_tab(context: BrowserContext, page: Page, app: DemoApp) -> None:
    """Whoever changes a password wants everybody out who knew the old one, at their next click."""
    app.sign_in(page)
    second = app.open_tab(context)
    app.change_password(context)
    second.get_by_role("button", name="Refresh the list").click()
    app.expect_signed_out(page, second, because="the password was changed")
    second.reload()
    app.expect_signed_out(second)


def test_closed_account_ends_the_session_in_every_tab(context: BrowserContext, page: Page, app: DemoApp) -> None:
    """The user at work is out at the next click, in every tab."""
    app.sign_in(page)
    second = app.open_tab(context)
    app.deactivate(context)
    second.get_by_role("button", name="Refresh the list").click()
    app.expect_signed_out(page, second, because="this account is not active")


def test_account_closed_while_the_user_is_away_ends_the_session(
    context: BrowserContext, page: Page, app: DemoApp
) -> None:
    """The refresh is refused, and the page that nobody has touched says so."""
    context.clock.install()
    app.sign_in(page)
    app.deactivate(context)
    app.expire(context)
    app.expect_signed_out(page, because="this account is not active")


@pytest.mark.firefox
def test_other_user_who_signs_in_in_another_tab_replaces_the_first_in_every_tab(
    context: BrowserContext, page: Page, app: DemoApp, app_of_other_user: DemoApp
) -> None:
    """The first tab shows the other user, and nothing of the one who has left."""
    app.sign_in(page)
    app.add_item(page, "present for the other user")
    second = app.open_tab(context)
    second.get_by_role("button", name="Sign out").click()
    app.expect_signed_out(page, second)
    app_of_other_user.fill_in_form(second)
    app_of_other_user.expect_signed_in(page, second)
    expect(page.locator("#empty")).to_be_visible()
    expect(page.locator("#items li")).to_have_count(0)
