"""Fixtures that find the browser, and start it again when it was killed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from nologout.errors import NoBrowser
from nologout.stage.browser.drive import check_driven
from nologout.stage.browser.engine import engine_named
from nologout.stage.browser.find import find_browser, launch_options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserType


class LivingBrowser:
    """Stands for a browser; one that has died is launched again at its next use."""

    def __init__(self, launch: Callable[[], Browser]) -> None:
        self._launch = launch
        self._browser = launch()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a browser has
        if not self._browser.is_connected():
            self._browser = self._launch()
        return getattr(self._browser, name)


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], browser_type: BrowserType, browser_name: str
) -> dict[str, Any]:
    """Launch the browser that was found, unless another one was asked for on the command line."""
    if "channel" in browser_type_launch_args:
        return browser_type_launch_args
    headed = browser_type_launch_args.get("headless") is False
    engine = engine_named(browser_name)
    found = find_browser(browser_type.executable_path, engine, headed=headed)
    if found is None:
        raise NoBrowser(f"there is no {engine.title}", hint=f"run `nologout setup --browser {engine.name}`")
    return {**launch_options(found), **browser_type_launch_args}


@pytest.fixture(scope="session")
def browser(launch_browser: Callable[[], Browser], browser_name: str) -> Iterator[Any]:
    """Return a browser that outlives its own death."""
    browser = LivingBrowser(launch_browser)
    check_driven(browser, engine_named(browser_name))  # type: ignore[arg-type] # it stands for one
    yield browser
    browser.close()
