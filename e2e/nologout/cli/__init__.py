"""The `nologout` command."""

from __future__ import annotations

import signal
import sys
from typing import NoReturn

import typer
from rich.console import Console
from rich.text import Text
from typer.exceptions import TyperException

from nologout.cli import demo, diagnose, explain, init, listing, prove, replay, setup
from nologout.cli.exits import Exit
from nologout.errors import NologoutError
from nologout.redact import redact

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help="Shows in a real browser that a web app keeps its users signed in, or names the cause and the fix.",
    epilog="Exit codes: 0 all pass, 1 any fail, 2 wrong use, 3 some unknown or nothing ran, 130 interrupted.",
)
for module in (prove, init, replay, diagnose, explain, listing, setup, demo):
    module.add_to(app)


def main() -> NoReturn:
    """Run the command line and exit with its code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that a polite kill cleans up too
    sys.exit(int(run(sys.argv[1:])))


def run(arguments: list[str]) -> int:
    """Run one command line; return its exit code."""
    error = Console(stderr=True, highlight=False)
    try:
        code = int(app(arguments, prog_name="nologout", standalone_mode=False) or Exit.PASS)
    except NologoutError as wrong:
        error.print(Text(f"nologout: {redact(str(wrong))}", style="bold red"), soft_wrap=True)
        if wrong.hint:
            error.print(Text(f"hint: {wrong.hint}"), soft_wrap=True)
        return Exit.WRONG_USE
    except TyperException as wrong:
        error.print(Text(f"nologout: {wrong.format_message()}", style="bold red"), soft_wrap=True)
        error.print("hint: `nologout --help` and `nologout COMMAND --help` say what there is", soft_wrap=True)
        return Exit.WRONG_USE
    if code == Exit.INTERRUPTED:
        error.print("nologout: interrupted; everything that it had started is ended")
    return code
