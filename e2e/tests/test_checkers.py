"""Each invariant rejects a history that breaks it, and accepts its nearest neighbour that does not."""

from collections.abc import Callable
from typing import NamedTuple

import pytest

from nologout.judge import Brief
from nologout.judge.checkers import ALWAYS, OPTIONAL
from nologout.model.history import ClockMoved, History
from nologout.model.verdict import Breach
from tests.histories import exchange, fine, history, look, out, refresh, said, sign_in, stolen

Checker = Callable[[History, Brief], Breach | None]


class Case(NamedTuple):
    """A history that breaks the invariant, with the outcome that says how, and one that keeps it."""

    broken: History
    outcome: str
    kept: History
    brief: Brief = Brief()


CHECKERS = {check.__name__: check for check in (*ALWAYS, *OPTIONAL.values())}
ENDED = Brief(must_end=True)
LATER = ClockMoved(browser_offset=3900, server_offset=3900, at=1.5)
IN_A_HURRY = [refresh(n, at=1 + n / 10, used=f"R{n}") for n in range(1, 7)]

CASES = {
    "no_refresh_storm": [
        Case(
            broken=history(*IN_A_HURRY),
            outcome="refresh_storm",
            kept=history(*(refresh(n, at=float(n)) for n in range(1, 12))),
        ),
        Case(
            broken=history(*IN_A_HURRY),
            outcome="refresh_storm",
            kept=history(*IN_A_HURRY[:5], LATER, refresh(7, at=1.6)),
        ),
        Case(
            broken=history(*IN_A_HURRY),
            outcome="refresh_storm",
            kept=history(*IN_A_HURRY[:5], refresh(6, "b", at=1.6)),
        ),
    ],
    "no_auto_logout": [
        Case(history(*out()), "fatal_logout", history(*fine("a", "b"))),
        Case(
            history(look("a", "signed_out"), look("a", phase="reloaded")), "recoverable_false_logout", history(*fine())
        ),
        Case(history(look("a", probe="refused"), *fine()), "zombie", history(*fine())),
        Case(history(look("a", probe="no_request")), "zombie", history(*fine())),
        Case(history(look("a", "blank")), "blank", history(*fine())),
        Case(history(*fine("a"), look("b", "signed_in", then="signed_out")), "fatal_logout", history(*fine("a", "b"))),
    ],
    "session_ends": [
        Case(history(*out("a"), *fine("b")), "still_signed_in", history(*out("a", "b")), ENDED),
        Case(history(look("a", probe="refused")), "still_signed_in", history(*out()), ENDED),
        Case(history(look("a", "blank")), "blank", history(*out()), ENDED),
    ],
    "no_forked_session": [
        Case(
            broken=history(refresh(1, issued="R2"), refresh(2, "b", issued="R3")),
            outcome="forked_session",
            kept=history(refresh(1, issued="R2"), refresh(2, "b", issued="R2")),
        ),
    ],
    "no_needless_refresh": [
        Case(
            broken=history(sign_in(1), refresh(2, issued="R2")),
            outcome="needless_refresh",
            kept=history(sign_in(1), exchange(2, access_used="A1", status=401), refresh(3, issued="R2")),
        ),
        Case(
            broken=history(sign_in(1), refresh(2, issued="R2", server_time=3200)),
            outcome="needless_refresh",
            kept=history(sign_in(1), refresh(2, issued="R2", server_time=3400)),
        ),
        Case(
            broken=history(sign_in(1), refresh(2, issued="R2", document=1)),
            outcome="needless_refresh",
            kept=history(sign_in(1), refresh(2, issued="R2", document=2)),
        ),
    ],
    "thief_is_out": [
        Case(history(stolen(3, issued="R9", status=200)), "thief_served", history(stolen(3), said("dead"))),
        Case(
            history(stolen(3), said("dead", "alive")),
            "thief_served",
            history(stolen(3), said("dead", "dead")),
            Brief(reuse_detection=True),
        ),
    ],
}
ROWS = [
    pytest.param(CHECKERS[name], case, id=f"{name}-{n}") for name, rows in CASES.items() for n, case in enumerate(rows)
]


def test_every_checker_has_histories_by_hand() -> None:
    """A new invariant needs a history that breaks it."""
    assert set(CASES) == set(CHECKERS)


@pytest.mark.parametrize(("check", "case"), ROWS)
def test_broken_invariant_is_a_breach_with_evidence(check: Checker, case: Case) -> None:
    """The breach says how it looked, and what shows it."""
    breach = check(case.broken, case.brief)
    assert breach is not None
    assert breach.outcome == case.outcome
    assert breach.evidence


@pytest.mark.parametrize(("check", "case"), ROWS)
def test_kept_invariant_is_no_breach(check: Checker, case: Case) -> None:
    """The neighbour that keeps the invariant is accepted."""
    assert check(case.kept, case.brief) is None


def test_session_that_must_end_is_not_held_to_be_lost() -> None:
    """Being signed out is right where the session had to end."""
    assert CHECKERS["no_auto_logout"](history(*out()), ENDED) is None


def test_session_that_need_not_end_may_go_on() -> None:
    """Being signed in is right where the session need not end."""
    assert CHECKERS["session_ends"](history(*fine()), Brief()) is None


def test_server_without_reuse_detection_may_keep_the_family() -> None:
    """On such a server a refused replay is all that can be asked."""
    assert CHECKERS["thief_is_out"](history(stolen(3), said("alive")), Brief()) is None
