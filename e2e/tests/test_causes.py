"""Each cause is named where a history shows it, and is not where a neighbouring history does not."""

from collections.abc import Callable
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nologout.judge.causes import CAUSES, name_cause
from nologout.model.history import History
from nologout.model.verdict import Breach, Finding, Outcome
from tests import causes_of_ends, causes_of_losses, causes_of_requests, causes_of_storage
from tests.any_history import HISTORIES
from tests.cause_case import LOST, ON, Case
from tests.histories import barred, fine, history, look, out, refresh

Cause = Callable[[History, Breach], Finding | None]
CASES = {**causes_of_losses.CASES, **causes_of_storage.CASES, **causes_of_requests.CASES, **causes_of_ends.CASES}
FUNCTIONS = {cause.__name__: cause for cause in CAUSES}
# A cause is reported under the name of its function, but for one.
REPORTED = {"reused_by_another_tab": "reused_refresh_token"}
ROWS = [pytest.param(name, case, id=f"{name}-{n}") for name, rows in CASES.items() for n, case in enumerate(rows)]
BREACHES = st.builds(Breach, st.sampled_from(get_args(Outcome)), st.just("it was seen"))


def test_every_cause_has_histories_by_hand() -> None:
    """A new cause needs a history that shows it."""
    assert set(CASES) == set(FUNCTIONS)


@pytest.mark.parametrize(("name", "case"), ROWS)
def test_cause_that_is_shown_is_named_before_any_other(name: str, case: Case) -> None:
    """The finding has name, side, the guide's number, evidence and remedy."""
    finding = name_cause(case.shown, case.breach)
    expected = (REPORTED.get(name, name), case.side, case.guide_cause)
    assert (finding.cause, finding.side, finding.guide_cause) == expected, case.sentence
    assert finding.evidence
    assert finding.remedy


@pytest.mark.parametrize(("name", "case"), ROWS)
def test_cause_that_is_not_shown_is_not_named(name: str, case: Case) -> None:
    """The neighbouring history has another cause, or none."""
    assert FUNCTIONS[name](case.not_shown, case.otherwise or case.breach) is None, case.sentence


@pytest.mark.parametrize("status", [500, 503, 429])
def test_server_in_trouble_is_a_transient_answer(status: int) -> None:
    """An answer that says nothing about the session must not end it."""
    assert name_cause(history(refresh(1, status=status), *out()), LOST).cause == "cleared_on_transient_answer"


def test_transient_answer_is_told_as_it_was() -> None:
    """The evidence names the refresh that failed, its tab, and what the browser got."""
    found = name_cause(history(barred(4, "b", status=511), *out("b")), LOST)
    assert found.evidence.startswith("refresh #4 of tab b was answered 511 by somebody else, and the session")


def test_fork_by_two_tabs_is_a_reused_token() -> None:
    """Two successors of one token need a race of two tabs."""
    forked = history(refresh(1, "a", issued="R2", ended=2.5), refresh(2, "b", issued="R3", ended=2.6), *fine("a", "b"))
    assert name_cause(forked, Breach("forked_session", "two of R1")).cause == "reused_refresh_token"


def test_fork_within_one_tab_is_a_token_that_it_reused() -> None:
    """Two successors of one token need no second tab."""
    forked = history(refresh(1, issued="R2", ended=2.5), refresh(2, issued="R3", ended=2.6), *fine())
    assert name_cause(forked, Breach("forked_session", "two of R1")).cause == "reused_in_one_tab"


def test_refusals_are_counted_for_the_tab_that_was_refused() -> None:
    """What another tab was told before is no refusal of this one."""
    first, again, last = (refresh(n, tab, status=401) for n, tab in enumerate("aab", 1))
    evidence = name_cause(history(first, again, last, *fine("a", "b")), ON).evidence
    assert "#3 of tab b with 401 (no code), its refusal number 1" in evidence


def test_unexplained_breach_is_called_so() -> None:
    """A cause that the history does not show is not guessed."""
    finding = name_cause(history(look("a", "signed_out")), LOST)
    assert (finding.cause, finding.side, finding.evidence) == ("unexplained", "", LOST.evidence)


@given(HISTORIES, BREACHES)
def test_no_cause_stumbles_over_any_history(any_history: History, breach: Breach) -> None:
    """Whatever was seen and whatever the breach, a cause that speaks has evidence, a remedy and a side."""
    for cause in CAUSES:
        found = cause(any_history, breach)
        assert found is None or (found.evidence and found.remedy and found.side)
