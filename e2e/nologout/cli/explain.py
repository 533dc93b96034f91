"""`nologout explain`: reads what a page's black box exported, and says what happened to its session."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from nologout.cli.exits import Exit
from nologout.diagnose.forensics import explain as explained
from nologout.diagnose.forensics import read_box
from nologout.diagnose.forensics.black_box import MOST_BYTES
from nologout.diagnose.forensics.rows import moment, rows
from nologout.errors import UsageError

if TYPE_CHECKING:
    from nologout.diagnose.forensics import BlackBox, Explanation
    from nologout.diagnose.forensics.sessions import Session

_HEADLINES = {
    "lives": ("Nobody is logged out:", "green"),
    "ended": ("The session ended rightly:", "green"),
    "lost": ("The session was lost, and should not have been:", "bold red"),
    "unknown": ("It cannot be told:", "yellow"),
}


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="explain")(explain_file)


def explain_file(
    file: Annotated[str, typer.Argument(metavar="FILE", help="What the page has exported; `-` reads standard input.")],
) -> Exit:
    """Say why a session ended that a user has lost, from the black box of their browser.

    The client keeps the last 300 events of all tabs, without tokens. "Download events" in the session inspector
    (`?inspect`) saves them; a page of your own sends `{"nologout": "black-box", "version": 1, "events": await
    session.events()}`, with its `strategy` where that is not `rotating`.

    Exit codes: 0 the session lives or ended rightly (its user signed out, it expired, the password changed),
    1 it should not have ended, and the cause is named, 2 the file is no export, 3 the events do not show the cause.

    Example: `nologout explain nologout-events.json`
    """
    box = read_box(_content(file), "standard input" if file == "-" else file)
    explanation = explained(box)
    _show(explanation, box)
    if explanation.finding:
        return Exit.FAIL
    return Exit.UNKNOWN if explanation.verdict == "unknown" else Exit.PASS


def _content(file: str) -> bytes:
    """Return what the file holds, or enough of it to see that it is too much."""
    try:
        if file == "-":
            return sys.stdin.buffer.read(MOST_BYTES + 1)
        with Path(file).open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}", hint="`-` reads standard input") from error


def _show(explanation: Explanation, box: BlackBox) -> None:
    console = Console(highlight=False)
    if explanation.session:
        _tell(console, explanation.session, box)
    headline, style = _HEADLINES[explanation.verdict]
    console.print(Text(headline, style=style), Text(explanation.why + "."))
    finding = explanation.finding
    pairs = [("look", explanation.look)]
    if finding:
        pairs = [
            ("cause", finding.cause),
            ("evidence", finding.evidence),
            ("inferred", explanation.inferred),
            ("change", finding.side),
            ("remedy", finding.remedy),
        ]
    table = Table.grid(padding=(0, 2))
    for name, value in pairs:
        if value:
            table.add_row(Text(f"  {name}"), Text(value))
    console.print(table)


def _tell(console: Console, session: Session, box: BlackBox) -> None:
    tabs = len({event.tab for event in session.events})
    others = len(box.events) - len(session.events)
    beside = f"; {others} of other sessions are left out" if others else ""
    console.print(
        Text(
            f"{len(session.events)} events of {tabs} tab{'s' if tabs > 1 else ''}{beside}. Times are UTC, "
            "by the device's clock.\n"
        )
    )
    table = Table.grid(padding=(0, 2))
    for row in rows(session):
        table.add_row(Text(f"  {moment(row.at)}"), Text(row.tab or "…"), Text(row.text))
    console.print(table)
    console.print()
