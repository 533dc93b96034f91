"""What is looked at before anything is started."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from nologout.errors import NoBrowser, UsageError
from nologout.redact import redact
from nologout.stage.browser.drive import check_driven
from nologout.stage.browser.engine import Engine, engine_named
from nologout.stage.browser.find import FoundBrowser, find_browser, launch_options, playwrights_own
from nologout.stage.network.route import origin_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


def look_for(engine: Engine, *, headed: bool = False) -> FoundBrowser | None:
    """Return the browser of an engine that there is on this machine, or None."""
    with sync_playwright() as playwright:
        own = playwrights_own(playwright, engine)
    return find_browser(own, engine, headed=headed)


def need_browser(name: str, *, headed: bool) -> FoundBrowser:
    """Return the browser that will be used, of the engine with this name.

    Raises:
        NoBrowser: There is none.
        UsageError: Nothing is played in a browser of that name, or it is to be shown and there is no display.
    """
    engine = engine_named(name)
    displays = ("DISPLAY", "WAYLAND_DISPLAY")
    if headed and sys.platform == "linux" and not any(os.environ.get(name) for name in displays):
        raise UsageError("--headed needs a display, and there is none", hint="run it under `xvfb-run`, or without it")
    found = look_for(engine, headed=headed)
    if found is None:
        what = "that could be shown" if headed else "to play in"
        hint = f"run `nologout setup --browser {engine.name}`, which finds or installs one"
        raise NoBrowser(f"there is no {engine.title} {what}", hint=hint)
    return found


@contextmanager
def launched(found: FoundBrowser, *, headed: bool) -> Iterator[Browser]:
    """Start a browser, and end it with the block.

    Raises:
        UsageError: Playwright cannot drive it.
    """
    with sync_playwright() as playwright:
        browser = getattr(playwright, found.engine.name).launch(**launch_options(found), headless=not headed)
        try:
            check_driven(browser, found.engine)
            yield browser
        finally:
            browser.close()


def page_address(url: str) -> tuple[str, str]:
    """Return the origin and the path of a page, the path with the route that may be in the fragment.

    Raises:
        UsageError: It is no address, or holds a password.
    """
    split = urlsplit(url)
    if split.scheme not in {"http", "https"} or not split.hostname:
        raise UsageError(f"{redact(url)!r} is no address", hint="e.g. http://127.0.0.1:8000")
    if "@" in split.netloc:
        raise UsageError("the address holds a name or a password", hint="they go into environment variables")
    fragment = f"#{split.fragment}" if split.fragment else ""
    return origin_of(url), (split.path or "/") + fragment
