"""`nologout list`: what there is to play, and against what."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from nologout import scenarios
from nologout.cli import catalogue
from nologout.targets import PROFILES, SAMPLES, VARIANTS
from nologout.targets.reference import expectations


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="list")(show)


def show(
    *,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print the scenarios as a page of Markdown, with who fails them.")
    ] = False,
) -> None:
    """Print the scenarios, the known-broken clients, the server profiles and the sample apps."""
    if markdown:
        typer.echo(catalogue.markdown(), nl=False)
        return
    console = Console(highlight=False)
    table = Table("scenario", "group", "what happens", box=None, pad_edge=False, header_style="bold")
    for name in scenarios.names():
        info = scenarios.load(name).info
        table.add_row(name, info.group, info.summary)
    console.print(table)
    clients = Table("client", "its one bug", box=None, pad_edge=False, header_style="bold")
    for client, entry in expectations().items():
        clients.add_row(client, entry["bug"])
    console.print("", clients, "", f"[bold]profiles[/]  {', '.join(PROFILES)}")
    console.print(f"[bold]our client also as[/]  {', '.join(VARIANTS)}")
    console.print(f"[bold]sample apps[/]  {', '.join(SAMPLES)}")
