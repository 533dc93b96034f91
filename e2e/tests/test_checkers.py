"""Each invariant rejects a history that breaks it, and accepts its nearest neighbour that does not."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nologout.judge import Brief
from nologout.judge.checkers import ALWAYS, OPTIONAL
from nologout.model.history import History
from nologout.model.verdict import Breach
from tests import checkers_by_hand, optional_checkers_by_hand
from tests.any_history import HISTORIES
from tests.checkers_by_hand import ENDED, Case
from tests.histories import fine, history, out, refresh, said, stolen, unserved

Checker = Callable[[History, Brief], Breach | None]

CASES = {**checkers_by_hand.CASES, **optional_checkers_by_hand.CASES}
CHECKERS = {check.__name__: check for check in (*ALWAYS, *OPTIONAL.values())}
ROWS = [
    pytest.param(CHECKERS[name], case, id=f"{name}-{n}") for name, rows in CASES.items() for n, case in enumerate(rows)
]
# An invariant that holds while a session lives, or at its end alone: a history and the brief that lets it pass.
NOT_ASKED = {
    "no_auto_logout": (history(*out()), ENDED),
    "no_lost_request": (history(unserved()), ENDED),
    "session_ends": (history(*fine()), Brief()),
    "ends_at_server": (history(said("alive")), Brief()),
    "tells_why": (history(*out()), Brief()),
    "thief_is_out": (history(stolen(3), said("alive")), Brief()),
    "no_forked_session": (history(refresh(1, issued="R2"), refresh(2, issued="R3")), Brief(rotation=False)),
}


def test_every_checker_has_histories_by_hand() -> None:
    """A new invariant needs a history that breaks it."""
    assert set(CASES) == set(CHECKERS)


def test_optional_invariant_is_named_like_its_function() -> None:
    """A scenario finds it under that name."""
    assert all(name == check.__name__ for name, check in OPTIONAL.items())


@pytest.mark.parametrize(("check", "case"), ROWS)
def test_broken_invariant_is_a_breach_with_evidence(check: Checker, case: Case) -> None:
    """The breach says how it looked, and what shows it."""
    breach = check(case.broken, case.brief)
    assert breach is not None, case.sentence
    assert breach.outcome == case.outcome
    assert breach.evidence


@pytest.mark.parametrize(("check", "case"), ROWS)
def test_kept_invariant_is_no_breach(check: Checker, case: Case) -> None:
    """The neighbour that keeps the invariant is accepted."""
    assert check(case.kept, case.brief) is None, case.sentence


@pytest.mark.parametrize("name", NOT_ASKED)
def test_invariant_is_not_asked_of_a_session_or_server_that_it_is_not_about(name: str) -> None:
    """Being out is right where the session had to end, being in where it need not; the rest is the server's kind."""
    seen, brief = NOT_ASKED[name]
    assert CHECKERS[name](seen, brief) is None


@given(HISTORIES, st.builds(Brief, must_end=st.booleans(), rotation=st.booleans(), reuse_detection=st.booleans()))
def test_no_checker_stumbles_over_any_history(any_history: History, brief: Brief) -> None:
    """Whatever was seen, a checker that speaks has an outcome and evidence."""
    for check in CHECKERS.values():
        breach = check(any_history, brief)
        assert breach is None or (breach.outcome and breach.evidence)
