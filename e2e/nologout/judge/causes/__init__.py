"""Named causes, a file each: every one takes a history and returns its finding, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.causes.cleared_on_transient_answer import cleared_on_transient_answer
from nologout.judge.causes.dropped_rotated_token import dropped_rotated_token
from nologout.judge.causes.judged_by_client_clock import judged_by_client_clock
from nologout.judge.causes.no_grace_for_lost_reply import no_grace_for_lost_reply
from nologout.judge.causes.refreshed_on_late_401 import refreshed_on_late_401
from nologout.judge.causes.reused_by_another_tab import reused_by_another_tab
from nologout.judge.causes.sign_out_not_heard import sign_out_not_heard
from nologout.judge.causes.storage_write_failed import storage_write_failed
from nologout.judge.causes.theft_not_detected import theft_not_detected
from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from nologout.model.history import History
    from nologout.model.verdict import Breach

    Cause = Callable[[History, Breach], Finding | None]

# The more particular before the more general.
CAUSES: tuple[Cause, ...] = (
    dropped_rotated_token,
    reused_by_another_tab,
    no_grace_for_lost_reply,
    refreshed_on_late_401,
    judged_by_client_clock,
    storage_write_failed,
    cleared_on_transient_answer,
    theft_not_detected,
    sign_out_not_heard,
)


def name_cause(history: History, breach: Breach) -> Finding:
    """Return the first cause that the history shows; one that it does not show is not guessed."""
    found = next((finding for cause in CAUSES if (finding := cause(history, breach))), None)
    return found or Finding(
        cause="unexplained",
        guide_cause=0,
        side="",
        evidence=breach.evidence,
        remedy="open the timeline: no cause that nologout knows fits this history",
    )
