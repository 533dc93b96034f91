"""`nologout prove`: plays the scenarios, and says whether anybody is logged out."""

from __future__ import annotations

import fnmatch
from pathlib import Path
from typing import Annotated

import typer

from nologout import scenarios
from nologout.cli import baselines, github, session
from nologout.cli.checks import need_browser
from nologout.cli.exits import Exit, exit_code
from nologout.cli.gating import (  # noqa: TC001 - typer reads annotations at run time
    AllowUnknown,
    BaselineFile,
    FailOnSide,
    ForGithub,
    GateOnly,
    ShardPart,
    WriteBaseline,
)
from nologout.errors import UsageError
from nologout.gate import GATE
from nologout.model.policy import Policy
from nologout.model.shard import Shard
from nologout.report.terminal import TerminalReporter
from nologout.stage.browser.engine import CHROMIUM, ENGINES
from nologout.targets import DEFAULT_PROFILES, PROFILES, Reference, target_of

Client = Annotated[
    str,
    typer.Option(help="Our client (`reference`; `axios`, `one_file`), or a known-broken one (see `nologout list`)."),
]
Browser = Annotated[str, typer.Option(help=f"The browser to play in: {', '.join(ENGINES)}.")]
CaFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", exists=True, dir_okay=False, help="Certificates of a private authority (PEM)."),
]
Headed = Annotated[bool, typer.Option("--headed", help="Show the browser.")]
TargetName = Annotated[
    str,
    typer.Option(
        metavar="NAME|FILE", help="The reference, a sample app (see `nologout list`), or a .toml file of yours."
    ),
]
Allowed = Annotated[
    list[str] | None,
    typer.Option("--allow-host", metavar="HOST", help="Another machine that may be played against (repeatable)."),
]


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(prove)


def prove(  # noqa: PLR0913, PLR0917 - a command's options are its arguments
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="GLOB", help="Scenarios to play, by name: `lost_*`, `two_tabs*` (repeatable)."),
    ] = None,
    client: Client = "reference",
    profile: Annotated[
        list[str] | None,
        typer.Option(
            help=f"Server profile: {', '.join(PROFILES)} (repeatable; default: {' and '.join(DEFAULT_PROFILES)})."
        ),
    ] = None,
    target: TargetName = "reference",
    allow_host: Allowed = None,
    browser: Browser = CHROMIUM.name,
    report: Annotated[Path, typer.Option(metavar="DIR", help="Where the report goes.")] = Path("nologout-report"),
    *,
    headed: Headed = False,
    processes: Annotated[int, typer.Option("-n", metavar="N", min=1, help="Play in so many processes.")] = 3,
    fail_on: FailOnSide = "any",
    allow_unknown: AllowUnknown = False,
    baseline: BaselineFile = None,
    write_baseline: WriteBaseline = None,
    shard: ShardPart = None,
    gate: GateOnly = False,
    for_github: ForGithub = False,
) -> Exit:
    """Play the scenarios in a real browser and say whether anybody is logged out.

    Each scenario opens tabs, cuts the network, moves clocks or fills storage; then every tab is asked
    whether its user is still signed in. For each failure the command names the outcome, the cause with
    its evidence, the side that must change, the remedy, and the command that repeats it alone.

    Example: `nologout prove --client drops_rotated_token --profile stock`
    """
    if gate and only:
        raise UsageError("--gate and --only choose both", hint="leave one of them out")
    chosen = GATE if gate else _chosen(only or ["*"])
    most = check_target(target, client, profile or [], allow_host or [])
    part = str(Shard.parse(shard)) if shard is not None else None
    ended, before = baselines.ended(baseline), baselines.read_if_there(write_baseline)
    need_browser(browser, headed=headed)
    policy = Policy(fail_on, allow_unknown)
    request = session.Request(
        files=chosen,
        profiles=tuple(profile or ()),
        client=client,
        target=target,
        browser=browser,
        report=report,
        headed=headed,
        allowed=tuple(allow_host or ()),
        processes=min(processes, most),
        baseline=baseline,
        shard=part,
    )
    listens = github.wanted(asked=for_github)
    with github.no_commands(listens=listens):
        run = session.run(request, TerminalReporter(report, policy=policy, notes=ended))
    if shard is not None and not run.results:
        raise UsageError(f"shard {shard} is empty: there are fewer cells than shards", hint="use fewer shards")
    if write_baseline is not None:
        typer.echo(baselines.write(run, before, write_baseline))
        run = baselines.judged_by(run)
    if listens:
        github.tell(run, policy, report)
    return exit_code(run.results, policy)


def check_target(target: str, client: str, profiles: list[str], allowed: list[str]) -> int:
    """Say now, not in a browser's time, that a name is wrong; return how many processes may play at once.

    Raises:
        UsageError: There is no such target, client or profile.
    """
    if target != Reference.name:
        named = target_of(target, frozenset(allowed))
        if client != "reference" or profiles:
            raise UsageError(f"{target!r} has neither clients nor profiles", hint="leave --client and --profile out")
        return named.processes
    for profile in profiles or DEFAULT_PROFILES:
        Reference(profile, client)
    return Reference.processes


def _chosen(only: list[str]) -> tuple[str, ...]:
    matching = {glob: fnmatch.filter(scenarios.names(), glob) for glob in only}
    for glob, names in matching.items():
        if not names:
            raise UsageError(f"no scenario's name matches {glob!r}", hint="`nologout list` prints their names")
    chosen = {name for names in matching.values() for name in names}
    return tuple(name for name in scenarios.names() if name in chosen)
