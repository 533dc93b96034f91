"""What fails a build: the side whose failures count, failures that nobody explains, and verdicts that are unknown."""

from __future__ import annotations

from io import StringIO
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from rich.console import Console

from nologout.cli.exits import exit_code
from nologout.model.policy import FailOn, Policy
from nologout.model.verdict import Side
from nologout.report.terminal import TerminalReporter
from tests.test_model import result, run

if TYPE_CHECKING:
    from nologout.model.result import Result

COUNTS = {
    ("any", "front end"),
    ("any", "server"),
    ("any", "configuration"),
    ("frontend", "front end"),
    ("server", "server"),
    ("server", "configuration"),
    *product(get_args(FailOn), [""]),
}
FRONT, SERVER = result(verdict="fail", side="front end"), result(verdict="fail", side="server")
KNOWN, PASSED = result(verdict="fail", side="server", expected="known"), result()
SURPRISE = result(expected="known")
DOUBT, SKIPPED = result(verdict="unknown"), result(verdict="skipped")


def told(policy: Policy, *results: Result) -> str:
    """Return what the terminal is told of a run, on one line."""
    console = Console(file=StringIO(), width=100, highlight=False)
    reporter = TerminalReporter(Path("report"), console, policy)
    reporter.planned(len(results))
    for one in results:
        reporter.finished(one)
    reporter.ended(run(*results))
    assert isinstance(console.file, StringIO)
    return " ".join(console.file.getvalue().split())


@pytest.mark.parametrize(("fail_on", "side"), [*product(get_args(FailOn), get_args(Side))])
def test_only_the_chosen_side_fails_the_build(fail_on: FailOn, side: Side) -> None:
    """Its failures give 1, those of the others 0; one without a side counts under each."""
    failure = result(verdict="fail", side=side)
    counts = (fail_on, side) in COUNTS
    assert exit_code([failure, PASSED], Policy(fail_on)) == (1 if counts else 0)
    assert Policy(fail_on).spares(failure) is not counts


@pytest.mark.parametrize(
    ("results", "code", "allowing"),
    [
        ([PASSED], 0, 0),
        ([PASSED, KNOWN, SKIPPED], 0, 0),
        ([SURPRISE], 1, 1),
        ([DOUBT, FRONT], 1, 1),
        ([DOUBT, PASSED], 3, 0),
        ([DOUBT, KNOWN], 3, 0),
        ([DOUBT], 3, 3),
        ([DOUBT, SKIPPED], 3, 3),
        ([SKIPPED], 3, 3),
        ([], 3, 3),
    ],
)
def test_exit_code_of_a_run(results: list[Result], code: int, allowing: int) -> None:
    """A failure outweighs a doubt; a doubt may be allowed, but not that nothing was told at all."""
    assert exit_code(results) == code
    assert exit_code(results, Policy(allow_unknown=True)) == allowing


@pytest.mark.parametrize("fail_on", get_args(FailOn))
def test_unexpected_pass_counts_for_every_side(fail_on: FailOn) -> None:
    """What was to fail and passes has no side, and slips through under no policy."""
    assert exit_code([SURPRISE, PASSED], Policy(fail_on)) == 1


def test_spared_failure_is_shown_and_said_not_to_fail_the_build() -> None:
    """It stands in the output as any other, with a line that says why the build goes on."""
    output = told(Policy("frontend"), SERVER, PASSED)
    assert "lost_response[stock]: " in output
    assert "build this alone does not fail it: --fail-on frontend" in output
    assert "1 fail is for the server to mend, and no reason to stop the build (--fail-on frontend)." in output
    assert "--fail-on" not in told(Policy("server"), SERVER, PASSED)


def test_allowed_doubt_is_counted_aloud() -> None:
    """Whoever reads the log sees that something is not known."""
    allowing = Policy(allow_unknown=True)
    assert "3 unknown, allowed by --allow-unknown." in told(allowing, DOUBT, DOUBT, DOUBT, PASSED)
    assert "allowed by" not in told(Policy(), DOUBT, PASSED)
    assert "allowed by" not in told(allowing, PASSED)
