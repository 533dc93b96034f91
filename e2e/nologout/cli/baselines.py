"""Reads and writes the baseline files that `nologout prove` is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from nologout.baseline import Baseline, read_baseline, utc_today, written
from nologout.errors import UsageError
from nologout.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from nologout.model.result import Result, Run


def ended(path: Path | None) -> list[str]:
    """Return a sentence for each entry of a file that excuses nothing any more.

    Raises:
        UsageError: There is no such file, or it holds no baseline.
    """
    return [] if path is None else read_baseline(path).ended(utc_today())


def read_if_there(path: Path | None) -> Baseline:
    """Return the baseline in a file that is to be written anew, if it is there already."""
    return read_baseline(path) if path is not None and path.exists() else Baseline()


def write(run: Run, before: Baseline, path: Path) -> str:
    """Write a run's failures; return a sentence that says how many entries there are now.

    Raises:
        UsageError: The file cannot be written.
    """
    text = written(run, before, utc_today())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text.encode())
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}", hint="name another file") from error
    count = len(read_baseline(path).fails)
    return (
        f"baseline: {count} known failure{'s' if count != 1 else ''} in {path}; read the reasons, and say who mends it"
    )


def judged_by(run: Run) -> Run:
    """Return a run as it would be, had its baseline been there before it."""
    return msgspec.structs.replace(run, results=tuple(map(_as_written, run.results)))


def _as_written(result: Result) -> Result:
    reason = result.expected or "written down"
    return msgspec.structs.replace(result, expected=reason if result.verdict == "fail" else "")
