"""A baseline excuses exactly what it names, until its day is over; its mistakes are found by line and key."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import msgspec
import pytest

from nologout import scenarios
from nologout.baseline import Baseline, Entry, read_baseline, written
from nologout.cli.baselines import judged_by
from nologout.cli.exits import exit_code
from nologout.errors import UsageError
from nologout.runner import Cell
from nologout.targets import Reference
from tests.test_model import result, run

if TYPE_CHECKING:
    from pathlib import Path

    from nologout.model.result import Result

DAY = dt.date(2026, 12, 24)
LATER = DAY + dt.timedelta(days=90)
RACE = "two_tabs_expire_together"
GOOD = """\
[[fails]]
cell = "lost_response"
reason = "the server gets its grace window in January"
until = 2027-01-31
"""
FAILURE = result(
    verdict="fail",
    outcome="fatal_logout",
    why="tab a shows\n« Sign in »\x1b[31m",
    cause="no_grace_for_lost_reply",
    side="server",
    evidence="R1 was refused (#6)",
    remedy="a grace window",
)


def read(folder: Path, text: str) -> Baseline:
    """Return the baseline that is written so."""
    (folder / "baseline.toml").write_text(text)
    return read_baseline(folder / "baseline.toml")


def entry(text: str) -> str:
    """Return an entry's text, its heading in the first line."""
    return f"[[fails]]\n{text}\n"


@pytest.mark.parametrize(
    ("text", "where", "hint"),
    [
        (entry('cell = "lost_respnse"\nreason = "x"'), ":2: fails[0].cell: there is no cell", "lost_response"),
        (entry(f'cell = "{RACE}[looser]"\nreason = "x"'), ":2: fails[0].cell", f"{RACE}[loser_first]"),
        (GOOD + entry('cell = "zzz"\nreason = "x"'), ":6: fails[1].cell: there is no cell 'zzz'", "known: "),
        (entry('cell = "lost_response"'), ":1: fails[0].reason: is missing", "`reason`"),
        (entry('cell = "lost_response"\nreason = " "'), ":3: fails[0].reason: it says nothing", "who mends it"),
        (GOOD.replace("2027-01-31", '"in spring"'), ":4: fails[0].until", "2027-01-31"),
        (GOOD.replace("2027-01-31", "2027-02-31"), ":4: no TOML", "TOML"),
        (GOOD.replace("until", "untill"), ":4: fails[0].untill: there is no such key", "`until`"),
        (GOOD + 'profile = "stok"', ":5: fails[0].profile: there is no profile 'stok'", "near it: stock"),
        (GOOD + GOOD, ":6: fails[1].cell: 'lost_response' stands in line 2 already", "keep one"),
        (GOOD.replace("[[fails]]", "[fails]"), ":1: fails: expected 'array'", "[[fails]]"),
        (GOOD.replace("[[fails]]", "[[known]]"), ":1: known: there is no such key", "[[fails]]"),
    ],
)
def test_mistake_is_found_by_line_and_key(tmp_path: Path, text: str, where: str, hint: str) -> None:
    """Whoever wrote the file sees where to look, and what would be right."""
    with pytest.raises(UsageError) as caught:
        read(tmp_path, text)
    assert where in str(caught.value)
    assert str(tmp_path / "baseline.toml") in str(caught.value)
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("today", "excuses"), [(DAY, True), (dt.date(2027, 1, 31), True), (dt.date(2027, 2, 1), False)]
)
def test_entry_excuses_through_its_last_day(tmp_path: Path, today: dt.date, *, excuses: bool) -> None:
    """From the day after, the failure counts again, and it is said whose excuse has ended."""
    baseline = read(tmp_path, GOOD)
    assert bool(baseline.excused("family", today)) is excuses
    assert bool(baseline.ended(today)) is not excuses
    assert all("lost_response was excused until 2027-01-31" in line for line in baseline.ended(today))


def test_entry_without_a_day_excuses_for_ever() -> None:
    """`until` is a choice."""
    assert Baseline((Entry("late_401", "known"),)).excused("any", dt.date(2999, 1, 1)) == {"late_401": "known"}


def test_entry_of_a_profile_is_of_no_other() -> None:
    """It excuses there alone, and there it outranks one for all profiles."""
    baseline = Baseline((Entry("late_401", "here", profile="stock"), Entry("late_401", "everywhere")))
    assert baseline.excused("stock", DAY) == {"late_401": "here"}
    assert baseline.excused("family", DAY) == {"late_401": "everywhere"}


def test_cell_is_known_to_fail_by_its_target_and_by_a_baseline() -> None:
    """One rule reads both: a variant's own entry outranks its scenario's, whoever wrote it."""
    scenario, target = scenarios.load("slow_refresh"), Reference("stock")
    excused = {"slow_refresh": "slow today"}
    assert Cell(scenario, "five_seconds", target).expected == ""
    assert Cell(scenario, "five_seconds", target, excused=excused).expected == "slow today"
    assert Cell(scenario, "beyond_patience", target, excused=excused).expected == "needs a server grace window"


def test_written_baseline_excuses_the_failures_it_was_written_from(tmp_path: Path) -> None:
    """It is good to be read, names the cause, ends in 90 days, and lists no pass and nothing known before."""
    known = result(scenario="request_lost", verdict="fail", expected="by hand")
    text = written(run(FAILURE, result(scenario="late_401"), known), Baseline(), DAY)
    assert "# fatal_logout: tab a shows « Sign in » [31m\n" in text
    assert "# cause: no_grace_for_lost_reply (server): R1 was refused (#6)\n# remedy: a grace window\n" in text
    (only,) = read(tmp_path, text).fails
    assert only == Entry("lost_response", "no_grace_for_lost_reply, as found on 2026-12-24", LATER, "stock")


def test_baseline_of_nothing_is_an_empty_one(tmp_path: Path) -> None:
    """A run without failures leaves a file that excuses nothing."""
    assert read(tmp_path, written(run(result()), Baseline(), DAY)) == Baseline()


@pytest.mark.parametrize(
    ("played", "before", "after"),
    [
        (FAILURE, Entry("lost_response", "mine", None, "stock"), [("lost_response", "mine", None, "stock")]),
        (FAILURE, Entry("lost_response", "mine", DAY), [("lost_response", "mine", DAY, "stock")]),
        (FAILURE, Entry("lost_response", "old", dt.date(2026, 1, 1)), [("lost_response", "old", LATER, "stock")]),
        (result(expected="mine"), Entry("lost_response", "mine"), []),
        (result(verdict="unknown"), Entry("lost_response", "mine"), [("lost_response", "mine", None, "")]),
        (result(), Entry("late_401", "not played"), [("late_401", "not played", None, "")]),
        (
            result(),
            Entry("lost_response", "elsewhere", None, "family"),
            [("lost_response", "elsewhere", None, "family")],
        ),
    ],
)
def test_written_anew_a_baseline_keeps_what_people_wrote(
    tmp_path: Path, played: Result, before: Entry, after: list[tuple[object, ...]]
) -> None:
    """Reasons and dates stay, what passes goes, what was not judged is kept as it was."""
    text = written(run(played), Baseline((before,)), DAY)
    assert [(e.cell, e.reason, e.until, e.profile) for e in read(tmp_path, text).fails] == after


def test_other_targets_entries_name_no_profile(tmp_path: Path) -> None:
    """Only the reference is played on several."""
    foreign = msgspec.structs.replace(run(FAILURE), target="cookie_xhr")
    (only,) = read(tmp_path, written(foreign, Baseline(), DAY)).fails
    assert only.profile == ""


def test_run_that_was_written_down_exits_as_the_next_one_will() -> None:
    """Failures are excused from now on and passes expected; a doubt stays one."""
    assert exit_code(judged_by(run(FAILURE, result(expected="mine"))).results) == 0
    assert exit_code(judged_by(run(FAILURE, result(verdict="unknown"))).results) == 3
