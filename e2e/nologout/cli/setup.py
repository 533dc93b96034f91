"""`nologout setup`: finds a browser, or installs one, and shows that it starts."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from nologout.cli.checks import look_for
from nologout.cli.exits import Exit
from nologout.errors import NoBrowser, UsageError
from nologout.stage.browser import install
from nologout.stage.browser.drive import check_driven
from nologout.stage.browser.engine import CHROMIUM, ENGINES, engine_named
from nologout.stage.browser.find import launch_options

if TYPE_CHECKING:
    from nologout.stage.browser.engine import Engine
    from nologout.stage.browser.find import FoundBrowser


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(setup)


def setup(
    *,
    browser: Annotated[str, typer.Option(help=f"Which browser: {', '.join(ENGINES)}.")] = CHROMIUM.name,
    system: Annotated[
        bool, typer.Option("--system", help="Install a system package with sudo when nothing else gives a browser.")
    ] = False,
) -> Exit:
    """Find a browser, or install one, and say which it is.

    Looks in this order: the one that NOLOGOUT_BROWSER names (NOLOGOUT_FIREFOX for Firefox), Playwright's own,
    the system's; then tries Playwright's download (not with NOLOGOUT_NO_DOWNLOAD=1), and at last the system's
    package manager: as root, or with `--system`; else it prints the command.
    """
    engine = engine_named(browser)
    found = look_for(engine) or _download(engine) or _package(engine, allowed=system or install.is_root())
    typer.echo(f"browser: {found.path} ({found.whose}, {_version(found)})")
    if found.whose != "configured":
        typer.echo(f"to take another browser, set {engine.variable} to its path", err=True)
    return Exit.PASS


def _download(engine: Engine) -> FoundBrowser | None:
    way = install.download(engine)
    if way is None:
        typer.echo(f"no {engine.title} here; Playwright's download is switched off", err=True)
        return None
    return _try(way, engine)


def _package(engine: Engine, *, allowed: bool) -> FoundBrowser:
    way = install.system_package(engine)
    if way is None:
        hint = f"install {engine.title} by hand, or set {engine.variable} to a browser's path"
        raise NoBrowser(f"no {engine.title}, and no package manager that is known here", hint=hint)
    if not allowed:
        sudo = " && ".join(f"sudo {' '.join(command)}" for command in way.commands)
        hint = f"run `{sudo}`, or `nologout setup --browser {engine.name} --system`"
        raise NoBrowser(f"there is no {engine.title}", hint=hint)
    found = _try(way, engine)
    if found is None:
        raise NoBrowser(f"{way.name} brought no {engine.title}", hint=f"try by hand: {way}")
    return found


def _try(way: install.Way, engine: Engine) -> FoundBrowser | None:
    typer.echo(f"no {engine.title} here; trying {way.name}: {way}", err=True)
    wrong = install.run(way)
    if wrong:
        typer.echo(f"{way.name} failed: {wrong}", err=True)
    return look_for(engine)


def _version(found: FoundBrowser) -> str:
    engine = found.engine
    try:
        with sync_playwright() as playwright:
            browser = getattr(playwright, engine.name).launch(**launch_options(found))
            version = browser.version
            check_driven(browser, engine)
            browser.close()
    except PlaywrightError as error:
        reason = error.message.splitlines()[0]
        configured = os.environ.get(engine.variable)
        hint = f"set {engine.variable} to another one" if configured else "is it whole? install it anew"
        raise UsageError(f"{found.path} does not start: {reason}", hint=hint) from error
    return f"{engine.title} {version}"
