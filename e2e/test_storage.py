"""Take the browser's storage away: a token that cannot be written down is still a good token.

By hand: sign in in two tabs, clear the site's data in one of them (F12, "Application", "Storage", "Clear site data"),
wait for more than an hour, and use both. Sign in with all cookies and site data blocked in the browser's settings. A
full disk and a record that a crash has torn are hard to have at will: here a script makes them.
"""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from demo_app import DemoApp

pytestmark = pytest.mark.browser

FULL = "throw new DOMException('The disk is full.', 'QuotaExceededError')"
FILL_UP = f"""() => {{
  window.savedPut = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = () => {{ {FULL}; }};
  Storage.prototype.setItem = () => {{ {FULL}; }};
}}"""
MAKE_ROOM = "() => { IDBObjectStore.prototype.put = window.savedPut; }"
FORBID_ALL = """
  const refuse = () => { throw new DOMException('Storage is not allowed here.', 'SecurityError'); };
  for (const area of ['localStorage', 'sessionStorage']) Object.defineProperty(window, area, { get: refuse });
  IDBFactory.prototype.open = refuse;
"""
CLEAR = """async () => {
  localStorage.clear();
  const names = (await indexedDB.databases()).map(({ name }) => name);
  for (const name of names) {
    await new Promise((done) => { indexedDB.deleteDatabase(name).onsuccess = done; });
  }
  return names.length;
}"""
TEAR = """async () => {
  const opening = indexedDB.open('nologout-session');
  await new Promise((done) => { opening.onsuccess = done; });
  const writing = opening.result.transaction('values', 'readwrite');
  const reading = writing.objectStore('values').get('record');
  writing.objectStore('values').put('{"kind":"pa', 'record');
  await new Promise((done) => { writing.oncomplete = done; });
  opening.result.close();
  return reading.result?.kind;
}"""


def test_full_disk_during_a_refresh_signs_nobody_out(context: BrowserContext, page: Page, app: DemoApp) -> None:
    """The tab goes on with the new tokens in memory, and writes them down when there is room again."""
    context.clock.install()
    app.sign_in(page)
    page.evaluate(FILL_UP)
    app.expire(context)
    app.use(page)
    page.evaluate(MAKE_ROOM)
    app.expire(context)
    app.use(page)
    page.reload()
    app.expect_signed_in(page)


def test_local_storage_that_throws_from_the_start_does_not_matter(page: Page, app: DemoApp) -> None:
    """Some browsers forbid it in private windows; signing in and reloading work all the same."""
    page.add_init_script(f"Storage.prototype.setItem = () => {{ {FULL}; }};")
    app.sign_in(page)
    page.reload()
    app.expect_signed_in(page)


@pytest.mark.firefox
def test_storage_that_is_forbidden_altogether_still_serves_two_tabs(
    context: BrowserContext, page: Page, app: DemoApp
) -> None:
    """A new tab is told the session by the one that has it, and both outlive the access token."""
    context.clock.install()
    context.add_init_script(FORBID_ALL)
    app.sign_in(page)
    second = app.open_tab(context)
    app.expire(context)
    app.use(page, second)
    app.expect_signed_in(page, second)


@pytest.mark.firefox
def test_storage_that_is_cleared_while_two_tabs_are_open_signs_nobody_out(
    context: BrowserContext, page: Page, app: DemoApp
) -> None:
    """Nobody has signed out: the tabs still know their tokens, and write them down again."""
    context.clock.install()
    app.sign_in(page)
    second = app.open_tab(context)
    assert page.evaluate(CLEAR) > 0
    app.expire(context)
    app.use(page, second)
    second.close()
    page.reload()
    app.expect_signed_in(page)


@pytest.mark.firefox
def test_torn_record_under_an_open_tab_signs_nobody_out(context: BrowserContext, page: Page, app: DemoApp) -> None:
    """What a crash left half written counts as nothing, and the tab writes it anew."""
    context.clock.install()
    app.sign_in(page)
    assert page.evaluate(TEAR) == "pair"
    app.expire(context)
    app.use(page)
    page.reload()
    app.expect_signed_in(page)


def test_torn_record_with_no_tab_open_leads_to_the_sign_in_form(page: Page, app: DemoApp) -> None:
    """The session is lost, yet the page is not: it is neither blank nor stuck, and signing in works."""
    app.sign_in(page)
    page.goto(f"{app.url}/app.css")  # the same origin, without the app
    assert page.evaluate(TEAR) == "pair"
    page.goto(app.url)
    expect(page.locator("#sign-in")).to_be_visible()
    app.sign_in(page)
