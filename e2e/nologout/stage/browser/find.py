"""Finds a browser: the one configured, Playwright's own, or the system's."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from nologout.errors import UsageError

CONFIGURED = "NOLOGOUT_BROWSER"
# The same engine without a window: a third of the work, where nobody wants to look.
_HEADLESS = ("chromium-headless-shell",)
_FULL = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
_MAC = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


@dataclass(frozen=True)
class FoundBrowser:
    """A browser's executable, and who gave it: "configured", "Playwright's own" or "the system's"."""

    path: Path
    whose: str


def find_browser(playwrights_own: str, *, headed: bool = False) -> FoundBrowser | None:
    """Return the first browser there is; `playwrights_own` is where Playwright would have put its own.

    `headed` leaves out browsers that have no window to show.

    Raises:
        UsageError: A browser is configured and is not there.
    """
    configured = os.environ.get(CONFIGURED, "")
    if configured:
        return _configured(configured)
    if Path(playwrights_own).is_file():
        return FoundBrowser(Path(playwrights_own), "Playwright's own")
    return _system(_FULL if headed else (*_HEADLESS, *_FULL))


def launch_options(found: FoundBrowser) -> dict[str, object]:
    """Return Playwright's launch options for a browser that was found."""
    # Chromium refuses to run as root inside its own sandbox.
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    path = {} if found.whose == "Playwright's own" else {"executable_path": str(found.path)}
    return {**path, "args": arguments}


def _configured(path: str) -> FoundBrowser:
    found = shutil.which(path)
    if found is None:
        hint = f"set {CONFIGURED} to the path of a Chromium, or unset it"
        raise UsageError(f"{CONFIGURED} names {path!r}, which cannot be run", hint=hint)
    return FoundBrowser(Path(found), "configured")


def _system(names: tuple[str, ...]) -> FoundBrowser | None:
    found = next((path for name in names if (path := shutil.which(name))), None)
    found = found or next((place for place in _MAC if Path(place).is_file()), None)
    return FoundBrowser(Path(found), "the system's") if found else None
