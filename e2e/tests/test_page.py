"""The demo page by hand: accessible, usable by keyboard, and a draft and an account that are where they belong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.looks import complaints_about

if TYPE_CHECKING:
    from demo_app import DemoApp

pytestmark = pytest.mark.browser
DRAFT = "half a thought"
WHO = "**/api/me/"
DENIED = "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('', 'SecurityError'); } })"
STORED = "Object.keys(sessionStorage).length"
OUTLINE = "getComputedStyle(document.activeElement).outlineStyle"


def write_draft(page: Page, text: str = DRAFT) -> None:
    """Type an item and leave it there."""
    page.get_by_label("New item").fill(text)


def expect_draft(page: Page, text: str) -> None:
    """See what stands in the field of the new item."""
    expect(page.get_by_label("New item")).to_have_value(text)


def switch_account(page: Page, to: DemoApp) -> None:
    """Sign in as somebody else without signing out."""
    page.get_by_role("button", name="Switch account").click()
    to.fill_in_form(page)
    to.expect_signed_in(page)


def press(page: Page, *keys: str) -> None:
    """Use the keyboard alone, and see where one is after each key."""
    for key in keys:
        page.keyboard.press(key)
        assert page.evaluate(OUTLINE) != "none"


def test_page_is_accessible_in_each_state(page: Page, app: DemoApp) -> None:
    """Axe has nothing to say, in light and dark, and 320 px are enough: signed out, refused, signed in, switching."""
    page.goto(app.url)
    expect(page.locator("#sign-in")).to_be_visible()
    assert complaints_about(page) == []
    page.get_by_label("Name").fill(app.username)
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_have_text("Name or password is wrong.")
    assert complaints_about(page) == []
    app.fill_in_form(page)
    app.add_item(page, "a_word_without_any_space_that_is_much_wider_than_the_screen_of_a_small_phone")
    assert complaints_about(page) == []
    page.get_by_role("button", name="Switch account").click()
    assert complaints_about(page) == []


def test_page_without_scripts_says_so_and_nothing_else(browser: Browser, app: DemoApp) -> None:
    """Nobody waits for a session that never opens."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(app.url)
    expect(page.get_by_role("main")).to_have_text("This page needs JavaScript.", use_inner_text=True)
    context.close()


def test_everything_is_done_by_keyboard(page: Page, app: DemoApp) -> None:
    """One signs in, adds an item, and begins and leaves a switch without a mouse; the focus is always seen."""
    page.goto(app.url)
    expect(page.locator("#sign-in")).to_be_visible()
    press(page, "Tab")
    page.keyboard.type(app.username)
    press(page, "Tab")
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).not_to_be_empty()
    press(page, "ControlOrMeta+a")
    page.keyboard.type(app.password)
    press(page, "Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("New item")).to_be_focused()
    page.keyboard.type("Water the plants")
    page.keyboard.press("Enter")
    expect(page.locator("#items li")).to_have_text(["Water the plants"])
    press(page, "Shift+Tab", "Shift+Tab", "Enter")
    expect(page.get_by_label("Name")).to_be_focused()
    press(page, "Tab", "Tab", "Tab", "Enter")
    expect(page.get_by_role("button", name="Switch account")).to_be_focused()


@pytest.mark.firefox
def test_draft_comes_back_after_a_forced_sign_out(
    context: BrowserContext, page: Page, app: DemoApp, app_of_other_user: DemoApp
) -> None:
    """Whoever was thrown out finds it again, also after a reload; nobody else sees it; added, it is gone."""
    context.clock.install()
    app.sign_in(page)
    write_draft(page)
    app.pass_time(context, days=8)
    app.expect_signed_out(page, because="You were signed out because")
    expect(page.get_by_role("heading", name="Sign in")).to_be_focused()
    app_of_other_user.fill_in_form(page)
    app_of_other_user.expect_signed_in(page)
    expect_draft(page, "")
    switch_account(page, app)
    expect_draft(page, DRAFT)
    page.reload()
    expect_draft(page, DRAFT)
    page.get_by_role("button", name="Add").click()
    expect(page.locator("#items li")).to_have_text([DRAFT])
    expect_draft(page, "")
    page.reload()
    expect(page.locator("#items li")).to_have_text([DRAFT])
    expect_draft(page, "")


def test_sign_out_on_purpose_leaves_no_draft(page: Page, app: DemoApp) -> None:
    """Nothing of it stays on a computer that others use."""
    app.sign_in(page)
    write_draft(page)
    page.get_by_role("button", name="Sign out").click()
    app.expect_signed_out(page)
    assert page.evaluate(STORED) == 0


def test_draft_is_kept_while_the_server_does_not_say_who_is_signed_in(
    context: BrowserContext, page: Page, app: DemoApp, app_of_other_user: DemoApp
) -> None:
    """It survives a reload, is its user's once the name is known, and nobody else's."""
    context.clock.install()
    page.route(WHO, lambda route: route.abort())
    page.goto(app.url)
    app.fill_in_form(page)
    expect(page.get_by_role("button", name="Add")).to_be_visible()
    write_draft(page)
    page.reload()
    expect_draft(page, DRAFT)
    page.unroute(WHO)
    page.reload()
    app.expect_signed_in(page)
    expect_draft(page, DRAFT)
    app.pass_time(context, days=8)
    app.expect_signed_out(page, because="You were signed out because")
    app_of_other_user.fill_in_form(page)
    app_of_other_user.expect_signed_in(page)
    expect_draft(page, "")
    switch_account(page, app)
    expect_draft(page, DRAFT)


def test_draft_of_nobody_knows_whom_is_not_shown_to_the_next(
    page: Page, app: DemoApp, app_of_other_user: DemoApp
) -> None:
    """Nothing of it stays, on the page or in storage, once its sign-in is over."""
    page.route(WHO, lambda route: route.abort())
    page.goto(app.url)
    app.fill_in_form(page)
    expect(page.get_by_role("button", name="Add")).to_be_visible()
    write_draft(page)
    with page.expect_event("requestfailed"):  # the page asks once more who is signed in
        page.get_by_role("button", name="Switch account").click()
    page.unroute(WHO)
    app_of_other_user.fill_in_form(page)
    app_of_other_user.expect_signed_in(page)
    expect_draft(page, "")
    assert page.evaluate(STORED) == 0


def test_page_works_where_storage_is_denied(page: Page, app: DemoApp) -> None:
    """The draft then lives as long as the page."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(DENIED)
    app.sign_in(page)
    write_draft(page)
    switch_account(page, app)
    expect_draft(page, DRAFT)
    app.add_item(page, DRAFT)
    assert errors == []


@pytest.mark.firefox
def test_account_is_switched_and_the_other_tab_says_so(
    context: BrowserContext, page: Page, app: DemoApp, app_of_other_user: DemoApp
) -> None:
    """Cancel returns to the session that lived on; success replaces it, and tabs that show it tell in words."""
    app.sign_in(page)
    app.add_item(page, "Ann's own")
    other_tab = app.open_tab(context)
    page.get_by_role("button", name="Switch account").click()
    expect(page.locator("#workspace")).to_be_hidden()
    page.get_by_role("button", name="Cancel").click()
    app.expect_signed_in(page)
    app.use(page)
    expect(page.locator("#notice")).to_be_empty()
    switch_account(page, app_of_other_user)
    expect(page.locator("#items li")).to_have_count(0)
    expect(page.locator("#notice")).to_be_empty()
    app_of_other_user.expect_signed_in(other_tab)
    expect(other_tab.locator("#items li")).to_have_count(0)
    expect(other_tab.locator("#notice")).to_contain_text(f"Another tab has signed in as {app_of_other_user.username}")
    app_of_other_user.use(other_tab)
    expect(other_tab.locator("#notice")).to_be_empty()


def test_session_that_ends_during_a_switch_leaves_the_plain_form(
    context: BrowserContext, page: Page, app: DemoApp
) -> None:
    """There is nothing to return to; what was typed stays."""
    app.sign_in(page)
    page.get_by_role("button", name="Switch account").click()
    page.get_by_label("Name").fill("somebody")
    other_tab = app.open_tab(context)
    other_tab.get_by_role("button", name="Sign out").click()
    app.expect_signed_out(page, because="You have signed out.")
    expect(page.get_by_role("button", name="Cancel")).to_be_hidden()
    expect(page.get_by_label("Name")).to_have_value("somebody")
