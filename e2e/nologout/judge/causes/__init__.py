"""Named causes, a file each: every one takes a history and returns its finding, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.causes.changed_scheme import changed_scheme
from nologout.judge.causes.cleared_on_transient_answer import cleared_on_transient_answer
from nologout.judge.causes.dropped_rotated_token import dropped_rotated_token
from nologout.judge.causes.end_not_enforced import end_not_enforced
from nologout.judge.causes.end_not_told import end_not_told
from nologout.judge.causes.gave_up_without_retry import gave_up_without_retry
from nologout.judge.causes.ignored_401 import ignored_401
from nologout.judge.causes.ignored_retry_after import ignored_retry_after
from nologout.judge.causes.judged_by_client_clock import judged_by_client_clock
from nologout.judge.causes.kept_in_memory import kept_in_memory
from nologout.judge.causes.mixed_identity import mixed_identity
from nologout.judge.causes.no_grace_for_lost_reply import no_grace_for_lost_reply
from nologout.judge.causes.queued_requests_rejected import queued_requests_rejected
from nologout.judge.causes.refresh_token_aged_out import refresh_token_aged_out
from nologout.judge.causes.refreshed_on_late_401 import refreshed_on_late_401
from nologout.judge.causes.refusal_ignored import refusal_ignored
from nologout.judge.causes.renewed_too_late import renewed_too_late
from nologout.judge.causes.retried_without_pause import retried_without_pause
from nologout.judge.causes.reused_by_another_tab import reused_by_another_tab
from nologout.judge.causes.reused_in_one_tab import reused_in_one_tab
from nologout.judge.causes.script_failed import script_failed
from nologout.judge.causes.sign_in_not_heard import sign_in_not_heard
from nologout.judge.causes.sign_out_not_heard import sign_out_not_heard
from nologout.judge.causes.sign_out_not_recorded import sign_out_not_recorded
from nologout.judge.causes.sign_out_undone import sign_out_undone
from nologout.judge.causes.stale_token_in_tab import stale_token_in_tab
from nologout.judge.causes.storage_write_failed import storage_write_failed
from nologout.judge.causes.theft_not_detected import theft_not_detected
from nologout.judge.causes.took_401_for_end import took_401_for_end
from nologout.judge.causes.took_eviction_for_sign_out import took_eviction_for_sign_out
from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from nologout.model.history import History
    from nologout.model.verdict import Breach

    Cause = Callable[[History, Breach], Finding | None]

# The more particular before the more general.
CAUSES: tuple[Cause, ...] = (
    # A session that does not end: what its tabs send on the way says nothing else.
    sign_out_undone,
    sign_out_not_recorded,
    end_not_enforced,
    sign_out_not_heard,
    ignored_retry_after,
    mixed_identity,
    end_not_told,
    changed_scheme,
    dropped_rotated_token,
    reused_by_another_tab,
    reused_in_one_tab,
    renewed_too_late,
    no_grace_for_lost_reply,
    stale_token_in_tab,
    refreshed_on_late_401,
    judged_by_client_clock,
    ignored_401,
    gave_up_without_retry,
    queued_requests_rejected,
    took_eviction_for_sign_out,
    storage_write_failed,
    sign_in_not_heard,
    kept_in_memory,
    took_401_for_end,
    cleared_on_transient_answer,
    refresh_token_aged_out,
    theft_not_detected,
    retried_without_pause,
    refusal_ignored,
    script_failed,
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
