"""What the exit codes mean."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nologout.model.result import Result


class Exit(IntEnum):
    """Exit codes of every command."""

    PASS = 0
    FAIL = 1
    WRONG_USE = 2
    UNKNOWN = 3
    INTERRUPTED = 130


def exit_code(results: Sequence[Result]) -> Exit:
    """Return the code for a run's results: a failure outweighs a doubt; nothing played is a doubt."""
    told = [result for result in results if result.verdict != "skipped"]
    if any(result.verdict != "unknown" and not result.as_expected for result in told):
        return Exit.FAIL
    if not told or any(result.verdict == "unknown" for result in told):
        return Exit.UNKNOWN
    return Exit.PASS
