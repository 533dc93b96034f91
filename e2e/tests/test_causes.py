"""Each cause is named where a history shows it, and is not where a neighbouring history does not."""

from collections.abc import Callable
from typing import NamedTuple

import pytest

from nologout.judge.causes import CAUSES, name_cause
from nologout.model.history import ClockMoved, History
from nologout.model.verdict import Breach, Finding
from tests.histories import effect, exchange, fine, history, look, out, refresh, sign_in, stolen, told

Cause = Callable[[History, Breach], Finding | None]
LOST = Breach("fatal_logout", "tab a shows the sign-in form")
ON = Breach("still_signed_in", "tab b goes on")
NEEDLESS = Breach("needless_refresh", "tab a refreshed")
FAST = ClockMoved(browser_offset=4200, server_offset=0)


class Case(NamedTuple):
    """A history that shows a cause, under the name and side that are reported, and one that does not."""

    cause: str
    side: str
    guide_cause: int
    shown: History
    not_shown: History
    breach: Breach = LOST


def lost_then(retry: int) -> History:
    """Return a history in which a reply is lost and the retry gets a status."""
    return history(
        sign_in(1),
        refresh(2, issued="R2", fate="lost"),
        refresh(3, used="R1", status=retry),
        effect(),
        *out(),
    )


def race(began: float) -> History:
    """Return a history in which tab b presents at a time the token that tab a presented from 1.0 to 1.5 s."""
    return history(
        refresh(1, "a", issued="R2", at=1.0, ended=1.5),
        refresh(2, "b", at=began, ended=began + 0.5, status=401),
        *fine("a"),
        *out("b"),
    )


def late(answered: float) -> History:
    """Return a history in which the 401 to an old token arrives at a time; the refresh it asked for ended at 4.1 s."""
    return history(
        sign_in(1),
        exchange(2, access_used="A1", status=401, ended=answered),
        exchange(3, access_used="A1", status=401),
        refresh(4, issued="R2"),
        refresh(6, used="R2", issued="R3"),
        *fine(),
    )


CASES = {
    "dropped_rotated_token": Case(
        cause="dropped_rotated_token",
        side="front end",
        guide_cause=1,
        shown=history(sign_in(1), refresh(2, issued="R2"), refresh(3, used="R1", status=401), *out()),
        not_shown=lost_then(401),
    ),
    "reused_by_another_tab": Case("reused_refresh_token", "front end", 2, race(began=1.1), race(began=2.0)),
    "no_grace_for_lost_reply": Case("no_grace_for_lost_reply", "server", 3, lost_then(401), lost_then(200)),
    "refreshed_on_late_401": Case(
        "refreshed_on_late_401", "front end", 1, late(answered=5.0), late(answered=2.1), NEEDLESS
    ),
    "judged_by_client_clock": Case(
        cause="judged_by_client_clock",
        side="front end",
        guide_cause=5,
        shown=history(FAST, sign_in(1), refresh(2, issued="R2"), *fine()),
        not_shown=history(sign_in(1), refresh(2, issued="R2"), *fine()),
        breach=NEEDLESS,
    ),
    "storage_write_failed": Case(
        cause="storage_write_failed",
        side="front end",
        guide_cause=4,
        shown=history(told("idb_aborted", "QuotaExceededError"), refresh(1, issued="R2"), *out()),
        not_shown=history(told("idb_put", "session"), refresh(1, issued="R2"), *out()),
    ),
    "cleared_on_transient_answer": Case(
        cause="cleared_on_transient_answer",
        side="front end",
        guide_cause=3,
        shown=history(refresh(1, fate="answered_instead", shown=511), *out()),
        not_shown=history(refresh(1, fate="answered_instead", shown=511), refresh(2, status=401), *out()),
    ),
    "theft_not_detected": Case(
        cause="theft_not_detected",
        side="server",
        guide_cause=0,
        shown=history(stolen(3, issued="R9", status=200), *fine()),
        not_shown=history(stolen(3), *fine()),
        breach=ON,
    ),
    "sign_out_not_heard": Case(
        "sign_out_not_heard", "front end", 0, history(*out("a"), *fine("b")), history(*fine("a", "b")), ON
    ),
}
FUNCTIONS = {cause.__name__: cause for cause in CAUSES}
ROWS = [pytest.param(FUNCTIONS[name], case, id=name) for name, case in CASES.items()]


def test_every_cause_has_histories_by_hand() -> None:
    """A new cause needs a history that shows it."""
    assert set(CASES) == set(FUNCTIONS)


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in CASES.items()])
def test_cause_that_is_shown_is_named_before_any_other(case: Case) -> None:
    """The finding has name, side, the guide's number, evidence and remedy."""
    finding = name_cause(case.shown, case.breach)
    assert (finding.cause, finding.side, finding.guide_cause) == (case.cause, case.side, case.guide_cause)
    assert finding.evidence
    assert finding.remedy


@pytest.mark.parametrize(("cause", "case"), ROWS)
def test_cause_that_is_not_shown_is_not_named(cause: Cause, case: Case) -> None:
    """The neighbouring history has another cause, or none."""
    assert cause(case.not_shown, case.breach) is None


@pytest.mark.parametrize("status", [500, 503, 429])
def test_server_in_trouble_is_a_transient_answer(status: int) -> None:
    """An answer that says nothing about the session must not end it."""
    assert name_cause(history(refresh(1, status=status), *out()), LOST).cause == "cleared_on_transient_answer"


def test_plain_write_that_throws_is_a_failed_write() -> None:
    """Storage that throws at once is the same cause as a transaction that is aborted later."""
    assert name_cause(history(told("storage_threw", "setItem"), *out()), LOST).cause == "storage_write_failed"


def test_fork_by_two_tabs_is_a_reused_token() -> None:
    """Two successors of one token need a race of two tabs."""
    forked = history(refresh(1, "a", issued="R2", ended=2.5), refresh(2, "b", issued="R3", ended=2.6), *fine("a", "b"))
    assert name_cause(forked, Breach("forked_session", "two of R1")).cause == "reused_refresh_token"


def test_unexplained_breach_is_called_so() -> None:
    """A cause that the history does not show is not guessed."""
    finding = name_cause(history(look("a", "signed_out")), LOST)
    assert (finding.cause, finding.side, finding.evidence) == ("unexplained", "", LOST.evidence)
