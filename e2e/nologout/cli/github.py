"""What `nologout prove` tells GitHub Actions, beside what it prints for people."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from nologout.report.github import summary, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nologout.model.policy import Policy
    from nologout.model.result import Run


def wanted(*, asked: bool) -> bool:
    """Tell whether a job of GitHub's listens, or somebody asked for what it would hear."""
    return asked or os.environ.get("GITHUB_ACTIONS") == "true"


@contextlib.contextmanager
def no_commands(*, listens: bool) -> Iterator[None]:
    """Have GitHub take nothing that is printed meanwhile for a command: it holds words of the app under test."""
    if not listens:
        yield
        return
    word = secrets.token_hex(16)
    typer.echo(f"::stop-commands::{word}")
    try:
        yield
    finally:
        typer.echo(f"::{word}::")


def tell(run: Run, policy: Policy, report: Path) -> None:
    """Print the annotations, and add to the job's summary if there is one."""
    for line in told(run, policy):
        typer.echo(line)
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if file:
        try:
            with Path(file).open("a", encoding="utf-8") as page:
                page.write(summary(run, policy, report.resolve().name, _artefacts()))
        except OSError as error:
            typer.echo(f"::warning title=nologout::the job summary cannot be written: {error.strerror}")


def _artefacts() -> str:
    """Return the address of the job's artefacts, or nothing outside of a job."""
    names = ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID")
    server, repository, number = (os.environ.get(name, "") for name in names)
    return f"{server}/{repository}/actions/runs/{number}#artifacts" if server and repository and number else ""
