"""What is looked at before anything is started."""

from __future__ import annotations

import os
import sys

from playwright.sync_api import sync_playwright

from nologout.errors import NoBrowser, UsageError
from nologout.stage.browser.engine import Engine, engine_named
from nologout.stage.browser.find import FoundBrowser, find_browser, playwrights_own


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
