"""The engines that are played in, and what tells them apart."""

from __future__ import annotations

from dataclasses import dataclass, field

from nologout.errors import UsageError


@dataclass(frozen=True)
class Engine:
    """A browser engine: Playwright's word for it, where its browsers are found, and what can be done to it.

    `variable` names the environment variable with which one is configured, `full` and `headless` are programs by
    name, `mac` their places on a Mac. `capabilities` are what steps need of a browser and not every one offers.
    """

    name: str
    title: str
    variable: str
    full: tuple[str, ...]
    mac: tuple[str, ...]
    headless: tuple[str, ...] = ()
    capabilities: frozenset[str] = field(default=frozenset())


CHROMIUM = Engine(
    name="chromium",
    title="Chromium",
    variable="NOLOGOUT_BROWSER",
    full=("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"),
    mac=(
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ),
    # The same engine without a window: a third of the work, where nobody wants to look.
    headless=("chromium-headless-shell",),
    capabilities=frozenset({"storage_quota"}),
)
FIREFOX = Engine(
    name="firefox",
    title="Firefox",
    variable="NOLOGOUT_FIREFOX",
    full=("firefox-esr", "firefox"),
    mac=("/Applications/Firefox.app/Contents/MacOS/firefox",),
)
ENGINES = {engine.name: engine for engine in (CHROMIUM, FIREFOX)}


def engine_named(name: str) -> Engine:
    """Return an engine by its name.

    Raises:
        UsageError: Nothing is played in a browser of that name.
    """
    if name not in ENGINES:
        raise UsageError(f"nothing is played in a browser called {name!r}", hint=f"known: {', '.join(ENGINES)}")
    return ENGINES[name]
