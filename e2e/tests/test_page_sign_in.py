"""The demo page's sign-in form by hand: nothing typed goes astray, and each failure is told for what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

if TYPE_CHECKING:
    from demo_app import DemoApp

pytestmark = pytest.mark.browser
SIGN_IN = "**/api/token/"
PART_OF_A_PASSWORD = "correct horse"


def sign_in_held(page: Page, username: str, password: str) -> Route:
    """Send the form, and return the sign-in, which is stopped on its way."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(SIGN_IN, hold, times=1)
    page.get_by_label("Name").fill(username)
    page.get_by_label("Password").fill(password)
    with page.expect_request(SIGN_IN):
        page.get_by_role("button", name="Sign in").click()
    expect(
        page.locator("#sign-in")
    ).to_be_visible()  # one more question to the browser: its answer comes after the route
    return held[0]


def expect_nothing_typed(page: Page) -> None:
    """Type on, and see that no field of the page has got anything of it."""
    page.keyboard.type(PART_OF_A_PASSWORD)
    values = page.locator("input").evaluate_all("fields => fields.map(({ value }) => value)")
    assert values == ["", "", ""]


@pytest.mark.parametrize("switches", [False, True], ids=["signed out", "switching"])
def test_sign_in_elsewhere_takes_the_form_away_and_no_key_goes_astray(
    context: BrowserContext, page: Page, app: DemoApp, app_of_other_user: DemoApp, *, switches: bool
) -> None:
    """What was typed of a password vanishes, and the rest of it lands in no field."""
    if switches:
        app.sign_in(page)
        page.get_by_role("button", name="Switch account").click()
    other_tab = context.new_page()
    other_tab.goto(app.url)
    if switches:
        other_tab.get_by_role("button", name="Switch account").click()
    else:
        page.goto(app.url)
    page.bring_to_front()
    page.get_by_label("Name").fill(app.username)
    page.get_by_label("Password").press_sequentially(PART_OF_A_PASSWORD)
    app_of_other_user.fill_in_form(other_tab)
    page.bring_to_front()
    app_of_other_user.expect_signed_in(page)
    expect_nothing_typed(page)
    expect(page.locator("#whose")).to_be_focused()


def test_sign_in_under_way_is_told_and_cannot_be_cancelled(
    page: Page, app: DemoApp, app_of_other_user: DemoApp
) -> None:
    """Nobody is told that the old session stays while the new one is about to begin."""
    app.sign_in(page)
    page.get_by_role("button", name="Switch account").click()
    held = sign_in_held(page, app_of_other_user.username, app_of_other_user.password)
    expect(page.get_by_role("button", name="Signing in…")).to_have_attribute("aria-disabled", "true")
    cancel = page.get_by_role("button", name="Cancel")
    expect(cancel).to_have_attribute("aria-disabled", "true")
    cancel.click(force=True)  # Playwright would wait until it is enabled
    expect(page.locator("#sign-in")).to_be_visible()
    held.continue_()
    app_of_other_user.expect_signed_in(page)
    expect(page.get_by_label("New item")).to_be_focused()


def test_session_lives_on_until_the_new_one_begins_and_no_longer(
    page: Page, app: DemoApp, app_of_other_user: DemoApp
) -> None:
    """The words of the form are true at the server as well, where the former session ends."""
    app.sign_in(page)
    page.get_by_role("button", name="Switch account").click()
    expect(page.get_by_text("Your session lives on until the new one begins.")).to_be_visible()
    assert app.sessions_alive() == [True]
    with page.expect_response("**/api/token/blacklist/"):
        app_of_other_user.fill_in_form(page)
    app_of_other_user.expect_signed_in(page)
    assert app.sessions_alive() == [False]
    assert app_of_other_user.sessions_alive() == [True]


def test_cancel_works_again_after_a_sign_in_that_failed(page: Page, app: DemoApp) -> None:
    """The old session has lived on."""
    app.sign_in(page)
    page.get_by_role("button", name="Switch account").click()
    sign_in_held(page, "somebody", PART_OF_A_PASSWORD).abort()
    expect(page.get_by_role("alert")).to_have_text("The server could not be reached. Please try again.")
    page.get_by_role("button", name="Cancel").click()
    app.expect_signed_in(page)
    app.use(page)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "Name or password is wrong."),
        (429, "There were too many tries. Please wait a minute before the next one."),
        (503, "The server has a fault at present (503). Please try again later."),
        (403, "The server refused this (403)."),
    ],
)
def test_answer_to_a_sign_in_is_told_for_what_it_is(page: Page, app: DemoApp, status: int, words: str) -> None:
    """Whoever tried too often is not told to look at the network."""
    page.goto(app.url)
    sign_in_held(page, app.username, PART_OF_A_PASSWORD).fulfill(status=status, json={"detail": "no"})
    expect(page.get_by_role("alert")).to_have_text(words)


def test_sign_out_elsewhere_takes_cancel_away_and_not_the_focus(
    context: BrowserContext, page: Page, app: DemoApp
) -> None:
    """Whoever stood on Cancel stands on the heading that says what is asked now."""
    app.sign_in(page)
    page.get_by_role("button", name="Switch account").click()
    page.get_by_role("button", name="Cancel").focus()
    app.open_tab(context).get_by_role("button", name="Sign out").click()
    page.bring_to_front()
    expect(page.get_by_role("heading", name="Sign in")).to_be_focused()
