"""Writes the report folder; each file appears whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from nologout.errors import UsageError
from nologout.files import write_whole
from nologout.report.ticket import tickets
from nologout.report.timeline import timeline

if TYPE_CHECKING:
    from pathlib import Path

    from nologout.model.result import Run


def write_report(run: Run, folder: Path) -> None:
    """Write `report.json`, `timeline.html` and a ticket for each failure into the folder, made if it is not there.

    The tickets of an earlier run go.

    Raises:
        UsageError: The folder cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / "report.json", msgspec.json.format(msgspec.json.encode(run), indent=1))
        write_whole(folder / "timeline.html", timeline(run).encode())
        _write_tickets(run, folder / "tickets")
    except OSError as error:
        raise UsageError(f"the report cannot be written to {folder}: {error.strerror}") from error


def _write_tickets(run: Run, folder: Path) -> None:
    for old in folder.glob("*.md"):
        old.unlink()
    for name, text in tickets(run).items():
        folder.mkdir(exist_ok=True)
        write_whole(folder / name, text.encode())
