"""Writes the report folder; each file appears whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from nologout.errors import UsageError
from nologout.files import write_whole
from nologout.report.timeline import timeline

if TYPE_CHECKING:
    from pathlib import Path

    from nologout.model.result import Run


def write_report(run: Run, folder: Path) -> None:
    """Write `report.json` and `timeline.html` into the folder, which is made if it is not there.

    Raises:
        UsageError: The folder cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / "report.json", msgspec.json.format(msgspec.json.encode(run), indent=1))
        write_whole(folder / "timeline.html", timeline(run).encode())
    except OSError as error:
        raise UsageError(f"the report cannot be written to {folder}: {error.strerror}") from error
