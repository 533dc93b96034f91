"""Where a history shows two causes, the more particular one is named."""

import pytest

from nologout.judge.causes import CAUSES, name_cause
from nologout.model.history import History
from nologout.model.verdict import Breach
from tests import causes_of_losses, causes_of_storage
from tests.cause_case import LEFT, LOST, ON, SILENT, UNSERVED
from tests.causes_of_ends import BACK, CHANGED, LATE, beaten
from tests.causes_of_losses import EIGHT_DAYS_S, SLIDING, USED, aged, race
from tests.causes_of_requests import late
from tests.causes_of_storage import CLEARED
from tests.histories import barred, exchange, fine, history, load, out, refresh, sign_in, step, told, unserved

LOSSES = {**causes_of_losses.CASES, **causes_of_storage.CASES}
FUNCTIONS = {cause.__name__: cause for cause in CAUSES}
ABORTED = told("idb_aborted", "QuotaExceededError")
SLID = sign_in(1, **SLIDING)
AT_ONCE = (refresh(7, used="R3", issued="R4", ended=7.5), refresh(8, used="R3", status=401, at=7.1, ended=7.6))

# A sentence on the history, what is named, what might have been, and the history with its breach.
ROWS: list[tuple[str, str, str, History, Breach]] = [
    (
        "a stale token was refused, and the page does not say so",
        "end_not_told",
        "stale_token_in_tab",
        race(began=2.0),
        SILENT,
    ),
    (
        "two tabs race, and a third one comes too late",
        "reused_by_another_tab",
        "stale_token_in_tab",
        history(*race(began=1.1).events, refresh(3, "c", status=401), *out("c")),
        LOST,
    ),
    (
        "two tabs race, and one of them presents its token a second time",
        "reused_by_another_tab",
        "reused_in_one_tab",
        history(*race(began=1.1).events, refresh(3, at=1.2, ended=1.7, status=401), *out("a")),
        LOST,
    ),
    (
        "a page reuses a token, and refreshes on a late 401 too",
        "reused_in_one_tab",
        "refreshed_on_late_401",
        history(*late(answered=5.0).events, *AT_ONCE),
        LOST,
    ),
    (
        "a sliding token is old, and its user had been there",
        "renewed_too_late",
        "refresh_token_aged_out",
        history(SLID, *USED.events, refresh(3, status=401, server_time=EIGHT_DAYS_S), *out()),
        LOST,
    ),
    (
        "one refresh brought tokens, and the next one failed in passing",
        "gave_up_without_retry",
        "queued_requests_rejected",
        history(sign_in(1), refresh(2, issued="R2"), barred(3, used="R2"), unserved(), *fine()),
        UNSERVED,
    ),
    (
        "storage was cleared, and a write failed too",
        "took_eviction_for_sign_out",
        "storage_write_failed",
        history(sign_in(1), ABORTED, CLEARED, *out()),
        LOST,
    ),
    (
        "a write failed, and the refresh before it had got no reply",
        "storage_write_failed",
        "cleared_on_transient_answer",
        history(sign_in(1), barred(2), ABORTED, *out()),
        LOST,
    ),
    (
        "the page was reloaded while its refresh was held, and the new one knows nothing",
        "kept_in_memory",
        "cleared_on_transient_answer",
        history(sign_in(1), refresh(2, fate="abandoned", status=None), load(3, document=2), *out()),
        LOST,
    ),
    (
        "the first session aged out, and the second one reached one tab alone",
        "sign_in_not_heard",
        "refresh_token_aged_out",
        history(*aged(USED).events[:3], sign_in(10, "b", issued="R2"), *out("a"), *fine("b")),
        LOST,
    ),
    (
        "the late tokens are found after a reload, and the other tab has ended",
        "sign_out_undone",
        "sign_out_not_heard",
        beaten(LATE, *BACK),
        ON,
    ),
    (
        "the server serves on after the password was changed, and one tab has ended",
        "end_not_enforced",
        "sign_out_not_heard",
        history(step("ChangePassword()"), exchange(2, access_used="A1"), CHANGED, *out("a"), *fine("b")),
        ON,
    ),
    (
        "one tab was refused and has ended, and the other goes on",
        "sign_out_not_heard",
        "refusal_ignored",
        history(refresh(1, status=401), *out("a"), *fine("b")),
        ON,
    ),
]


@pytest.mark.parametrize(
    ("first", "second", "seen", "breach"), [pytest.param(*row[1:], id=f"{row[1]}: {row[0]}") for row in ROWS]
)
def test_more_particular_cause_is_named_first(first: str, second: str, seen: History, breach: Breach) -> None:
    """Both would fit."""
    named, other = FUNCTIONS[first](seen, breach), FUNCTIONS[second](seen, breach)
    assert named is not None
    assert other is not None
    assert name_cause(seen, breach) == named


@pytest.mark.parametrize("breach", [ON, LEFT, SILENT], ids=lambda breach: str(breach.outcome))
@pytest.mark.parametrize(
    "name",
    ["renewed_too_late", "took_eviction_for_sign_out", "storage_write_failed", "cleared_on_transient_answer"],
)
def test_cause_of_a_loss_does_not_explain_an_end(name: str, breach: Breach) -> None:
    """A tab that shows sign-in where the session had to end has lost nothing."""
    assert FUNCTIONS[name](LOSSES[name][0].shown, breach) is None


def test_sign_out_that_is_not_heard_is_not_blamed_on_trouble_before_it() -> None:
    """A refresh that had failed in passing, hours ago, is no reason why tab b goes on."""
    assert name_cause(history(barred(1), *out("a"), *fine("b")), ON).cause == "sign_out_not_heard"
