"""`nologout replay`: plays one scenario, or a file of steps, alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nologout import scenarios
from nologout.cli import session
from nologout.cli.checks import need_browser
from nologout.cli.exits import Exit, exit_code
from nologout.cli.prove import Allowed, Browser, Client, Headed, TargetName, check_target
from nologout.errors import UsageError
from nologout.report.terminal import TerminalReporter
from nologout.stage.browser.engine import CHROMIUM
from nologout.steps.script import read_script, write_script

if TYPE_CHECKING:
    from nologout.steps import Scenario


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(replay)


def replay(  # noqa: PLR0913, PLR0917 - a command's options are its arguments
    what: Annotated[
        str, typer.Argument(metavar="SCENARIO|FILE", help="A scenario's name, or a file of steps (.json).")
    ],
    client: Client = "reference",
    profile: Annotated[
        str | None, typer.Option(help="Server profile; default: `family`. `nologout list` has them all.")
    ] = None,
    target: TargetName = "reference",
    allow_host: Allowed = None,
    browser: Browser = CHROMIUM.name,
    variant: Annotated[str | None, typer.Option(help="Only this variant.")] = None,
    report: Annotated[Path, typer.Option(metavar="DIR", help="Where the report goes.")] = Path("nologout-report"),
    *,
    headed: Headed = False,
    write: Annotated[
        bool, typer.Option("--write", help="Print the scenario as a file of steps; play nothing.")
    ] = False,
) -> Exit:
    """Play one scenario alone, or the steps in a file.

    `nologout replay lost_response --write > mine.json` prints a scenario's steps; change them, and play
    them with `nologout replay mine.json`.
    """
    scenario = _scenario(what)
    chosen = _variant(scenario, variant)
    if write:
        typer.echo(write_script(scenario, chosen or next(iter(scenario.variants))).decode())
        return Exit.PASS
    reference = target == "reference"
    check_target(target, client, [profile] if profile else [], allow_host or [])
    need_browser(browser, headed=headed)
    profiles = (profile or "family",) if reference else ()
    file = str(Path(what).resolve()) if _is_file(what) else what
    allowed = tuple(allow_host or ())
    request = session.Request((file,), profiles, client, target, allowed, browser, chosen, report, headed)
    return exit_code(session.run(request, TerminalReporter(report)).results)


def _is_file(what: str) -> bool:
    return what.endswith(".json")


def _scenario(what: str) -> Scenario:
    return read_script(Path(what)) if _is_file(what) else scenarios.load(what)


def _variant(scenario: Scenario, variant: str | None) -> str | None:
    if variant is not None and variant not in scenario.variants:
        named = ", ".join(name for name in scenario.variants if name) or "none: it has one way to go"
        raise UsageError(f"{scenario.info.id} has no variant {variant!r}", hint=f"variants: {named}")
    return variant
