"""What the exit codes mean."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from nologout.model.policy import STRICT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nologout.model.policy import Policy
    from nologout.model.result import Result


class Exit(IntEnum):
    """Exit codes of every command."""

    PASS = 0
    FAIL = 1
    WRONG_USE = 2
    UNKNOWN = 3
    INTERRUPTED = 130


def exit_code(results: Sequence[Result], policy: Policy = STRICT) -> Exit:
    """Return the code for a run's results: a failure outweighs a doubt; nothing told at all is a doubt.

    A run of which nothing could be told shows nothing: no policy lets it pass.
    """
    if any(policy.blocks(result) for result in results):
        return Exit.FAIL
    verdicts = {result.verdict for result in results}
    told, doubt = verdicts & {"pass", "fail"}, "unknown" in verdicts and not policy.allow_unknown
    return Exit.UNKNOWN if doubt or not told else Exit.PASS
