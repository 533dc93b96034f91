"""What GitHub Actions is told: annotations and a summary that a page's words cannot break."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jwt
import pytest
import typer

from nologout.cli import github
from nologout.model.policy import STRICT, Policy
from nologout.report.github import summary
from nologout.report.github import told as commands
from tests.test_model import result, run

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = jwt.encode({"sub": "ada", "jti": "x" * 20}, "k" * 32, algorithm="HS256")
FRONT = result(
    scenario="late_401",
    verdict="fail",
    outcome="zombie",
    why="100% of\r\n::error::tab | a",
    cause="ignored_401",
    evidence="*#5* <b>",
    side="front end",
    remedy="refresh | retry",
    repeat="nologout replay late_401",
)
SERVER = result(verdict="fail", outcome="fatal_logout", why="out", cause="no_grace", side="server", remedy="grace")
DOUBT = result(scenario="request_lost", verdict="unknown", why="the browser died")
SURPRISE = result(scenario="reply_truncated", expected="needs a grace window")
KNOWN = result(scenario="slow_refresh", variant="beyond", verdict="fail", expected="by hand", cause="no_grace")
RUN = run(FRONT, SERVER, DOUBT, SURPRISE, KNOWN, result())


def test_annotations_escape_what_the_app_said() -> None:
    """A newline, a percent sign and a command in a page's words stay one message."""
    (line,) = commands(run(FRONT), STRICT)
    assert line == (
        "::error title=late_401[stock]%3A zombie::100%25 of%0D%0A::error::tab | a%0Acause: ignored_401: *#5* <b>"
        "%0Amust change: front end%0Afix: refresh | retry%0Arepeat: nologout replay late_401"
    )


@pytest.mark.parametrize(
    ("policy", "errors"),
    [
        (STRICT, {"late_401", "lost_response", "request_lost", "reply_truncated"}),
        (Policy("server"), {"lost_response", "request_lost", "reply_truncated"}),
        (Policy("frontend", allow_unknown=True), {"late_401", "reply_truncated"}),
    ],
)
def test_what_fails_the_build_is_an_error_and_comes_first(policy: Policy, errors: set[str]) -> None:
    """The other failures and doubts are warnings; GitHub shows ten of each kind."""
    lines = commands(RUN, policy)
    levels = [line.split()[0] for line in lines]
    assert levels == ["::error"] * len(errors) + ["::warning"] * (4 - len(errors))
    assert {line.partition("title=")[2].partition("[")[0] for line in lines[: len(errors)]} == errors


def test_spared_failure_says_that_the_build_goes_on() -> None:
    """Otherwise a warning would look like a verdict that nobody heeds."""
    (line,) = commands(run(SERVER), Policy("frontend"))
    assert line.startswith("::warning title=lost_response")
    assert line.endswith("%0AIt does not fail the build: --fail-on frontend")


def test_summary_has_a_row_for_all_that_does_not_pass() -> None:
    """Gravest first, each row whole: pipes, newlines and markup of a page cannot break the table."""
    page = summary(RUN, STRICT, "nologout-report", "https://git.example/o/r/actions/runs/7#artifacts")
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    assert rows[:5] == ["| verdict | cells |", "| FAIL | 3 |", "| unknown | 1 |", "| known fail | 1 |", "| pass | 1 |"]
    assert rows[6] == r"| FAIL | late\_401\[stock\] | front end | ignored\_401 | refresh \| retry |"
    assert [row.split(" | ")[0] for row in rows[6:]] == ["| FAIL"] * 3 + ["| unknown", "| known fail"]
    assert {row.replace(r"\|", "").count("|") for row in rows[5:]} == {6}
    assert "`tickets/` holds" in page
    assert "tickets/" not in summary(run(result()), STRICT, "report")
    assert "**nologout-report** of [this run](https://git.example/o/r/actions/runs/7#artifacts)" in page


def test_summary_says_what_was_let_pass() -> None:
    """Whoever reads it sees what another policy would have stopped."""
    page = summary(RUN, Policy("frontend", allow_unknown=True), "report")
    assert "1 fail is for the server to mend, and no reason to stop the build (--fail-on frontend)." in page
    assert "1 unknown, allowed by --allow-unknown." in page
    assert "artefact **report**:" in page


def test_no_secret_reaches_github() -> None:
    """A token in a page's words is redacted on the way out."""
    leaky = run(result(verdict="fail", outcome="zombie", why=f"says {TOKEN}", remedy=TOKEN, cause="c"))
    told = "\n".join([*commands(leaky, STRICT), summary(leaky, STRICT, "report")])
    assert TOKEN not in told
    assert TOKEN.split(".")[1] not in told


def test_job_gets_annotations_and_adds_to_its_summary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What an earlier step wrote there stays; the artefact has the report folder's name."""
    page = tmp_path / "summary.md"
    page.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    for name, value in (("SERVER_URL", "https://git.example"), ("REPOSITORY", "o/r"), ("RUN_ID", "7")):
        monkeypatch.setenv(f"GITHUB_{name}", value)
    github.tell(run(SERVER), STRICT, tmp_path / "report-2")
    assert capsys.readouterr().out.startswith("::error title=")
    assert page.read_text().startswith("before\n## ")
    assert "**report-2** of [this run](https://git.example/o/r/actions/runs/7#artifacts)" in page.read_text()


def test_summary_that_cannot_be_written_changes_no_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is said, and the exit code stays that of the run."""
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
    github.tell(run(result()), STRICT, tmp_path)
    assert "the job summary cannot be written" in capsys.readouterr().out


@pytest.mark.parametrize(("asked", "value", "wanted"), [(True, "", True), (False, "true", True), (False, "", False)])
def test_github_is_told_in_its_jobs_and_when_asked(
    monkeypatch: pytest.MonkeyPatch, *, asked: bool, value: str, wanted: bool
) -> None:
    """Nobody else's log gets its commands."""
    monkeypatch.setenv("GITHUB_ACTIONS", value)
    assert github.wanted(asked=asked) is wanted


def test_words_of_the_app_are_no_commands(capsys: pytest.CaptureFixture[str]) -> None:
    """Commands stop while a run is shown, also one that breaks off, and begin again by a word that nobody can guess."""

    def broken_off() -> None:
        with github.no_commands(listens=True):
            typer.echo("::error::from the page")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    stop, said, go = capsys.readouterr().out.splitlines()
    assert said == "::error::from the page"
    assert go == f"::{stop.removeprefix('::stop-commands::')}::"
    assert len(go) > 30
