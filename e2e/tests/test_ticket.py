"""A failure as a ticket: what a user sees, how to see it by hand, cause, side, fix, and how to check it."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import jwt
import msgspec
import pytest

from nologout.model.history import StepBegan
from nologout.model.policy import STRICT
from nologout.model.verdict import Outcome
from nologout.report import write_report
from nologout.report.outcomes import OUTCOMES
from nologout.report.ticket import check_again, file_name, ticket, tickets
from tests.histories import refresh, sign_in
from tests.test_model import result, run
from tests.test_policy import told

if TYPE_CHECKING:
    from pathlib import Path

    from nologout.model.result import Result

TOKEN = jwt.encode({"sub": "ada", "jti": "x" * 20}, "k" * 32, algorithm="HS256")


def step(by_hand: str, *tabs: str) -> StepBegan:
    """Return a step that was begun."""
    return StepBegan(index=0, text="Step()", tabs=tabs, by_hand=by_hand)


def failure(*steps: StepBegan, **given: object) -> Result:
    """Return a failure whose scenario had these steps."""
    events = (*steps, sign_in(1, access_issued="A1", access_expires=3600.0), refresh(2))
    made = {
        "summary": "Two | tabs <race>.",
        "verdict": "fail",
        "outcome": "fatal_logout",
        "why": "tab a shows\n*Sign in*",
        "cause": "no_grace",
        "side": "server",
        "evidence": "R1 (#5) was refused",
        "remedy": "a grace window",
        "repeat": "nologout replay lost_response --variant x --client 'my own' --profile stock",
        "history": msgspec.to_builtins(events),
    }
    return result(**{**made, **given})


def lines(made: Result) -> list[str]:
    """Return a failure's ticket, by lines."""
    return ticket(made, run(made)).splitlines()


def test_ticket_says_everything_that_its_reader_needs() -> None:
    """Title, what is seen and should be, the side, the cause, the evidence, the fix, and two commands."""
    text = ticket(failure(), run(failure()))
    assert text.startswith("# Users are signed out: Two \\| tabs \\<race\\>.\n")
    assert "| who must change something | the server |" in text
    assert "| cause | `no_grace`: see Evidence |" in text
    assert "What was seen: tab a shows \\*Sign in\\*." in text
    assert "What shows the cause: R1 (request 5) was refused." in text
    assert "The server must change. The fix: a grace window." in text
    assert "A *refresh* is the request `POST " in text
    assert "An access token lives 60 minutes here." in text
    assert "\n    nologout prove --only lost_response --client 'my own' --profile stock\n" in text
    assert "\n    nologout replay lost_response --variant x --client 'my own' --profile stock\n" in text


@pytest.mark.parametrize(
    ("steps", "told_as"),
    [
        ([step("Reload.", "a")], ["1. Reload."]),
        (
            [step("Stop it."), step("Reload.", "a"), step("Use.", "b")],
            ["1. Stop it.", "2. In tab a: Reload.", "3. In tab b: Use."],
        ),
        ([step("Use.", "a"), step("Use.", "b")], ["1. In tabs a and b: Use."]),
        ([step("Use.", "a"), step("Use.", "a")], ["1. Use.", "2. Use."]),
        ([step("Use.", "a"), step("Use.", "b"), step("Use.", "a")], ["1. In tabs a and b: Use.", "2. In tab a: Use."]),
        ([step("Use.", f"t{n:02}") for n in range(1, 51)], ["1. In each of the tabs t01 to t50 (50 tabs): Use."]),
        ([step("Use."), step("Use.")], ["1. Use.", "2. Use."]),
        ([step("", "a")], []),
    ],
)
def test_steps_by_hand_are_counted_and_put_together(steps: list[StepBegan], told_as: list[str]) -> None:
    """The same in several tabs is one step; what is done twice in one tab is two; one tab alone needs no name."""
    found = [line for line in lines(failure(*steps)) if line[:1].isdigit()]
    assert found[:-1] == told_as
    assert found[-1].startswith(f"{len(told_as) + 1}. Undo what the steps above have set up")


def test_failure_that_nobody_explains_names_no_side() -> None:
    """It is not guessed."""
    text = "\n".join(lines(failure(side="", cause="unexplained")))
    assert "cannot be told yet" in text
    assert "Who must change something cannot be told yet. The fix:" in text


def test_no_secret_reaches_a_ticket() -> None:
    """Tickets are pasted where many read."""
    text = "\n".join(lines(failure(why=TOKEN, evidence=f"a {TOKEN}", remedy=TOKEN, summary=TOKEN)))
    assert TOKEN.split(".")[1] not in text


@pytest.mark.parametrize("outcome", sorted(set(get_args(Outcome)) - {"ok", ""}))
def test_every_outcome_has_a_users_words(outcome: Outcome) -> None:
    """Title, what is seen, and what should be; the sentences are whole."""
    title, *sentences = OUTCOMES[outcome]
    assert title[0].isupper()
    assert not title.endswith(".")
    assert all(sentence[0].isupper() and sentence.endswith(".") for sentence in sentences)


@pytest.mark.parametrize(
    ("repeat", "command"),
    [
        ("nologout replay lost_response --profile stock", "nologout prove --only lost_response --profile stock"),
        ("nologout replay lost_response --variant x --profile s", "nologout prove --only lost_response --profile s"),
        ("nologout replay lost_response --target 'a b'", "nologout prove --only lost_response --target 'a b'"),
        ("", "nologout prove --only lost_response"),
    ],
)
def test_command_that_checks_again_plays_all_variants(repeat: str, command: str) -> None:
    """A fix of one delivery order must not break the other."""
    assert check_again(result(repeat=repeat)) == command


def test_tickets_are_of_failures_alone() -> None:
    """No pass, no doubt, nothing known, and no surprise is a bug of the app's."""
    others = [result(), result(verdict="unknown"), result(verdict="fail", expected="known"), result(expected="known")]
    assert list(tickets(run(failure(variant="x/../y"), *others))) == ["lost_response[stock-x____y].md"]
    assert file_name(result(variant="loser_first")) == "lost_response[stock-loser_first].md"


def test_tickets_of_an_earlier_run_go(tmp_path: Path) -> None:
    """What was mended has no ticket any more, and a run without failures has no folder."""
    write_report(run(failure(), failure(scenario="late_401")), tmp_path)
    assert len(list((tmp_path / "tickets").iterdir())) == 2
    write_report(run(failure()), tmp_path)
    assert [path.name for path in (tmp_path / "tickets").iterdir()] == ["lost_response[stock].md"]
    write_report(run(result()), tmp_path / "good")
    assert not (tmp_path / "good" / "tickets").exists()


def test_one_ticket_is_printed_and_several_are_named() -> None:
    """A log of thirty tickets would be read by nobody."""
    alone = told(STRICT, failure(), result())
    assert "ticket: report/tickets/lost_response[stock].md # Users are signed out: Two" in alone
    several = told(STRICT, failure(), failure(scenario="late_401"))
    assert "ticket: report/tickets/late_401[stock].md" in several
    assert "# Users are signed out" not in several
