"""The browser that the benchmarks play in."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from nologout.errors import UsageError
from nologout.stage.browser.find import find_browser, launch_options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


@contextlib.contextmanager
def running_browser() -> Iterator[Browser]:
    """Start the browser that is found here, and end it.

    Raises:
        UsageError: There is none.
    """
    with sync_playwright() as playwright:
        found = find_browser(playwright.chromium.executable_path)
        if found is None:
            raise UsageError("there is no browser", hint="run `nologout setup`")
        options: dict[str, Any] = launch_options(found)
        with contextlib.closing(playwright.chromium.launch(**options)) as browser:
            yield browser
