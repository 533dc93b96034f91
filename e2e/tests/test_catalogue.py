"""The table of scenarios in docs/ is the one that the scenarios and the lists make today."""

from pathlib import Path

from nologout import scenarios
from nologout.cli.catalogue import markdown

PAGE = Path(__file__).parents[2] / "docs" / "scenarios.md"


def test_page_is_current() -> None:
    """`make docs` writes it."""
    assert PAGE.read_text("utf-8") == markdown(), "run `make docs`"


def test_every_scenario_has_a_row_that_names_who_fails_it() -> None:
    """No scenario is left out, and none is failed by nobody."""
    rows = {line.split("`")[1]: line for line in markdown().splitlines() if line.startswith("| `")}
    assert sorted(rows) == scenarios.names()
    assert all("*stock*" in row or "*family*" in row for row in rows.values())
