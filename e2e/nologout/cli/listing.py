"""`nologout list`: what there is to play, and against what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from nologout import scenarios
from nologout.targets import PROFILES, SAMPLES
from nologout.targets.reference import expectations

if TYPE_CHECKING:
    import typer


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="list")(show)


def show() -> None:
    """Print the scenarios, the known-broken clients, the server profiles and the sample apps."""
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
    console.print(f"[bold]sample apps[/]  {', '.join(SAMPLES)}")
