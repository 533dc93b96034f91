"""What is looked at before anything is started."""

from __future__ import annotations

import os
import sys

from playwright.sync_api import sync_playwright

from nologout.errors import UsageError
from nologout.stage.browser.find import FoundBrowser, find_browser


def playwrights_own() -> str:
    """Return where Playwright keeps its own Chromium, or would keep it."""
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def need_browser(*, headed: bool) -> FoundBrowser:
    """Return the browser that will be used.

    Raises:
        UsageError: There is none, or it is to be shown and there is no display.
    """
    displays = ("DISPLAY", "WAYLAND_DISPLAY")
    if headed and sys.platform == "linux" and not any(os.environ.get(name) for name in displays):
        raise UsageError("--headed needs a display, and there is none", hint="run it under `xvfb-run`, or without it")
    found = find_browser(playwrights_own(), headed=headed)
    if found is None:
        what = "no browser that could be shown" if headed else "no browser to play in"
        raise UsageError(f"there is {what}", hint="run `nologout setup`, which finds or installs one")
    return found
