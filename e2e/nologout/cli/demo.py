"""`nologout demo`: serves the reference app until Ctrl-C."""

from __future__ import annotations

from typing import Annotated

import typer

from nologout.cli.exits import Exit  # noqa: TC001 - typer reads annotations at run time
from nologout.errors import TargetError
from nologout.stage.server import Server
from nologout.targets import Reference


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)


def demo(
    profile: Annotated[str, typer.Option(help="Server profile (see `nologout list`).")] = "family",
    client: Annotated[str, typer.Option(help="Our client (`reference`), or a known-broken one.")] = "reference",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on 127.0.0.1; 0: any free one.")] = 0,
) -> Exit:
    """Serve the reference app on this machine until Ctrl-C, with a fresh user.

    Its data is in a temporary folder that is removed at the end.
    """
    target = Reference(profile, client)
    with Server(target, port=port) as server:
        user = target.new_user(server.base_url)
        typer.echo(f"address: {server.base_url}{target.app.paths.page}")
        typer.echo(f"username: {user.username}")
        typer.echo(f"password: {user.password}")
        typer.echo("Ctrl-C ends it.", err=True)
        server.wait()
        raise TargetError(f"the server ended by itself: {server.log_tail()}")
