"""Take the browser's storage away: a token that cannot be written down is still a good token."""

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


def test_full_disk_during_a_refresh_signs_nobody_out(context: BrowserContext, page: Page, app: DemoApp) -> None:
    """The tab goes on with the new tokens in memory, and writes them down when there is room again."""
    context.clock.install()
    app.sign_in(page)
    page.evaluate(FILL_UP)
    app.pass_time(context, hours=1, minutes=5)
    page.locator("#refresh-list").click()
    expect(page.locator("#workspace")).to_be_visible()
    page.evaluate(MAKE_ROOM)
    app.pass_time(context, hours=1, minutes=5)
    with page.expect_response("**/api/items/"):
        page.locator("#refresh-list").click()
    page.reload()
    expect(page.locator("#who")).to_have_text(app.username)


def test_local_storage_that_throws_from_the_start_does_not_matter(page: Page, app: DemoApp) -> None:
    """Some browsers forbid it in private windows; signing in and reloading work all the same."""
    page.add_init_script(f"Storage.prototype.setItem = () => {{ {FULL}; }};")
    app.sign_in(page)
    page.reload()
    expect(page.locator("#who")).to_have_text(app.username)
