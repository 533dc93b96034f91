"""Finds a browser: the one configured, Playwright's own, or the system's."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nologout.errors import UsageError
from nologout.stage.browser.engine import CHROMIUM, FIREFOX, Engine

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

# By itself Firefox sends what is meant for this machine past every proxy, so past the faults too.
_FIREFOX_PREFERENCES = {"network.proxy.allow_hijacking_localhost": True}


@dataclass(frozen=True)
class FoundBrowser:
    """A browser's executable, who gave it ("configured", "Playwright's own" or "the system's"), and its engine."""

    path: Path
    whose: str
    engine: Engine = CHROMIUM


def playwrights_own(playwright: Playwright, engine: Engine) -> str:
    """Return where Playwright keeps its own browser of an engine, or would keep it."""
    path: str = getattr(playwright, engine.name).executable_path
    return path


def find_browser(playwrights_own: str, engine: Engine = CHROMIUM, *, headed: bool = False) -> FoundBrowser | None:
    """Return the first browser there is; `playwrights_own` is where Playwright would have put its own.

    `headed` leaves out browsers that have no window to show.

    Raises:
        UsageError: A browser is configured and is not there.
    """
    configured = os.environ.get(engine.variable, "")
    if configured:
        return _configured(configured, engine)
    if Path(playwrights_own).is_file():
        return FoundBrowser(Path(playwrights_own), "Playwright's own", engine)
    return _system(engine, engine.full if headed else (*engine.headless, *engine.full))


def launch_options(found: FoundBrowser) -> dict[str, Any]:
    """Return Playwright's launch options for a browser that was found."""
    path = {} if found.whose == "Playwright's own" else {"executable_path": str(found.path)}
    if found.engine is FIREFOX:
        # Playwright drives a Firefox that it has not built itself over WebDriver BiDi, which it calls a channel.
        channel = {"channel": "moz-firefox"} if path else {}
        return {**path, **channel, "firefox_user_prefs": _FIREFOX_PREFERENCES}
    # Chromium refuses to run as root inside its own sandbox.
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return {**path, "args": arguments}


def _configured(path: str, engine: Engine) -> FoundBrowser:
    found = shutil.which(path)
    if found is None:
        hint = f"set {engine.variable} to the path of a {engine.title}, or unset it"
        raise UsageError(f"{engine.variable} names {path!r}, which cannot be run", hint=hint)
    return FoundBrowser(Path(found), "configured", engine)


def _system(engine: Engine, names: tuple[str, ...]) -> FoundBrowser | None:
    found = next((path for name in names if (path := shutil.which(name))), None)
    found = found or next((place for place in engine.mac if Path(place).is_file()), None)
    return FoundBrowser(Path(found), "the system's", engine) if found else None
