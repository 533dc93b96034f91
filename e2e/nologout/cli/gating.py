"""Options with which `nologout prove` gates merges: what fails a build, and what does not."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nologout.gate import GATE
from nologout.model.policy import FailOn

PANEL = "As a gate in CI"

FailOnSide = Annotated[
    FailOn,
    typer.Option(
        "--fail-on",
        help="Whose failures exit with 1: any, those that the front end must mend, or those that the server (or its "
        "configuration) must. The others are shown. A failure without a named side always counts.",
        rich_help_panel=PANEL,
    ),
]
BaselineFile = Annotated[
    Path | None,
    typer.Option(
        "--baseline",
        metavar="FILE",
        help="What fails today, as TOML: entries [[fails]] with `cell` (`scenario` or `scenario[variant]`), `reason`, "
        "and perhaps `until` and `profile`. They do not fail the build until that day is over; any other failure "
        "does, and one of them that passes.",
        rich_help_panel=PANEL,
    ),
]
WriteBaseline = Annotated[
    Path | None,
    typer.Option(
        "--write-baseline",
        metavar="FILE",
        help="Write today's failures into such a file, with their causes as comments; reasons, dates and entries of "
        "what was not played stay. Failures that are written down exit with 0.",
        rich_help_panel=PANEL,
    ),
]
ShardPart = Annotated[
    str | None,
    typer.Option(
        "--shard",
        metavar="I/N",
        help="Play one of N equal parts of the cells, on N machines side by side: 1/4, 2/4, 3/4 and 4/4 are together "
        "the whole, each cell once.",
        rich_help_panel=PANEL,
    ),
]
GateOnly = Annotated[
    bool,
    typer.Option(
        "--gate",
        help=f"Play the {len(GATE)} scenarios of every merge: every cause of the guide and every group, in less than "
        "3 minutes on two cores. Play the others at night.",
        rich_help_panel=PANEL,
    ),
]
ForGithub = Annotated[
    bool,
    typer.Option(
        "--github",
        help="Print annotations of GitHub Actions too, and add to the job's summary; on by itself where "
        "GITHUB_ACTIONS is true.",
        rich_help_panel=PANEL,
    ),
]
AllowUnknown = Annotated[
    bool,
    typer.Option(
        "--allow-unknown",
        help="Exit with 0 although some verdicts are unknown; without it they exit with 3. It is printed how many "
        "there were, and a run of which nothing could be told exits with 3 all the same.",
        rich_help_panel=PANEL,
    ),
]
