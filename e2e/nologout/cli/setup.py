"""`nologout setup`: finds a browser, or installs one, and shows that it starts."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from nologout.cli.checks import playwrights_own
from nologout.cli.exits import Exit
from nologout.errors import UsageError
from nologout.stage.browser import install
from nologout.stage.browser.find import CONFIGURED, find_browser, launch_options

if TYPE_CHECKING:
    from nologout.stage.browser.find import FoundBrowser


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(setup)


def setup(
    *,
    system: Annotated[
        bool, typer.Option("--system", help="Install a system package with sudo when nothing else gives a browser.")
    ] = False,
) -> Exit:
    """Find a browser, or install one, and say which it is.

    Looks in this order: the one that NOLOGOUT_BROWSER names, Playwright's own, the system's; then tries
    Playwright's download (not with NOLOGOUT_NO_DOWNLOAD=1), and at last the system's package manager: as
    root, or with `--system`; else it prints the command.
    """
    found = find_browser(playwrights_own()) or _download() or _package(allowed=system or install.is_root())
    typer.echo(f"browser: {found.path} ({found.whose}, {_version(found)})")
    if found.whose != "configured":
        typer.echo(f"to take another browser, set {CONFIGURED} to its path", err=True)
    return Exit.PASS


def _download() -> FoundBrowser | None:
    way = install.download()
    if way is None:
        typer.echo("no browser here; Playwright's download is switched off", err=True)
        return None
    return _try(way)


def _package(*, allowed: bool) -> FoundBrowser:
    way = install.system_package()
    if way is None:
        hint = f"install Chromium by hand, or set {CONFIGURED} to a browser's path"
        raise UsageError("no browser, and no package manager that is known here", hint=hint)
    if not allowed:
        sudo = " && ".join(f"sudo {' '.join(command)}" for command in way.commands)
        raise UsageError("there is no browser", hint=f"run `{sudo}`, or `nologout setup --system`")
    found = _try(way)
    if found is None:
        raise UsageError(f"{way.name} brought no browser", hint=f"try by hand: {way}")
    return found


def _try(way: install.Way) -> FoundBrowser | None:
    typer.echo(f"no browser here; trying {way.name}: {way}", err=True)
    wrong = install.run(way)
    if wrong:
        typer.echo(f"{way.name} failed: {wrong}", err=True)
    return find_browser(playwrights_own())


def _version(found: FoundBrowser) -> str:
    options = launch_options(found)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(**options)  # type: ignore[arg-type]
            version = browser.version
            browser.close()
    except PlaywrightError as error:
        reason = error.message.splitlines()[0]
        hint = f"set {CONFIGURED} to another one" if os.environ.get(CONFIGURED) else "is it whole? install it anew"
        raise UsageError(f"{found.path} does not start: {reason}", hint=hint) from error
    return f"Chromium {version}"
