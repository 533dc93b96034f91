"""Where the server's clock stood still, every kind of report says so, beside the verdict."""

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from nologout.model.result import Result
from nologout.report import write_report
from nologout.report.terminal import TerminalReporter
from tests.test_model import result, run

WHY = "client side only: nobody was logged out"


def idle(scenario: str = "idle_six_days_23_hours", **given: object) -> Result:
    """Return the result of a long absence."""
    made = {"scenario": scenario, "group": "clock", "profile": "nologout", "client_side_only": True, "why": WHY}
    return result(**{**made, **given})


def shown(*results: Result, is_terminal: bool) -> list[str]:
    """Return the lines that are written for a run, 80 characters wide."""
    console = Console(file=StringIO(), width=80, highlight=False, force_terminal=is_terminal, no_color=True)
    reporter = TerminalReporter(None, console)
    reporter.planned(len(results))
    for one in results:
        reporter.finished(one)
    reporter.ended(run(*results))
    assert isinstance(console.file, StringIO)
    return console.file.getvalue().splitlines()


@pytest.mark.parametrize("verdict", ["pass", "unknown"])
def test_line_and_table_say_it_within_80_columns(verdict: str) -> None:
    """In a log as the cell ends, and in the table; the last line says what it means."""
    lines = shown(idle(verdict=verdict), result(), is_terminal=False)
    told = [line for line in lines if f"{verdict} (client side only)" in line]
    assert len(told) == 2
    assert max(map(len, told)) <= 80
    assert any(line.startswith("client side only: long times passed for the browser") for line in lines)
    assert any("(1 of 2)" in line for line in lines)


def test_table_on_a_terminal_says_it_within_80_columns() -> None:
    """Where the lines of a log are a moving bar."""
    lines = shown(idle(), is_terminal=True)
    assert [line for line in lines if "idle_six_days_23_hours" in line and "pass (client side only)" in line]


def test_nothing_is_said_where_both_clocks_moved() -> None:
    """A plain verdict stays plain."""
    assert not [line for line in shown(result(), is_terminal=False) if "client side only" in line]


def test_timeline_says_it_while_the_cell_is_closed(tmp_path: Path) -> None:
    """In the line that is always seen."""
    write_report(run(idle(), result()), tmp_path)
    page = (tmp_path / "timeline.html").read_text("utf-8")
    summaries = [part.partition("</summary>")[0] for part in page.split("<summary>")[1:]]
    assert ["client side only" in summary for summary in summaries] == [True, False]
