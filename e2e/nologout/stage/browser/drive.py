"""Shows that a browser which has started can be driven, too: not every Playwright drives every Firefox."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError

from nologout.errors import NoBrowser

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from nologout.stage.browser.engine import Engine


def check_driven(browser: Browser, engine: Engine) -> None:
    """Open a page and close it.

    Raises:
        NoBrowser: This Playwright knows no way to do so, or this browser does not know Playwright's.
    """
    try:
        browser.new_page().close()
    except PlaywrightError as error:
        which = f"Playwright {version('playwright')} does not drive {engine.title} {browser.version}"
        hint = f"install another Playwright (1.64.1 drives Firefox ESR), or set {engine.variable} to another browser"
        raise NoBrowser(f"{which}: {error.message.splitlines()[0]}", hint=hint) from error
