"""An app of other hands is judged by the same oracle, and the verdicts are the truth about it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from nologout import scenarios
from nologout.model.capabilities import lacking
from nologout.model.result import Result
from nologout.runner import Cell
from nologout.targets import sample
from nologout.targets.samples import cookie_xhr

pytestmark = pytest.mark.browser
TRUTH: dict[str, dict[str, Any]] = json.loads((Path(cookie_xhr.__file__).parent / "truth.json").read_text("utf-8"))


def cells() -> Iterator[Any]:
    """Yield every variant of every scenario, under its name."""
    for name in scenarios.names():
        scenario = scenarios.load(name)
        # Fifty tabs are a minute; five show the same.
        marks = pytest.mark.soak if name == "fifty_tabs_expire_together" else ()
        for variant in scenario.variants:
            cell = Cell(scenario, variant, sample("cookie_xhr"))
            yield pytest.param(cell, id=f"{name}{variant and f'[{variant}]'}", marks=marks)


def test_truth_names_only_what_there_is() -> None:
    """Each name is a scenario, or one of its variants."""
    there_are = {name for cell in cells() for name in (cell.id, cell.values[0].scenario.info.id)}
    assert {*TRUTH["fails"], *TRUTH["skips"]} <= there_are


@pytest.mark.parametrize("cell", list(cells()))
def test_verdict_is_the_truth(cell: Cell, play_cell: Callable[[Cell], Result]) -> None:
    """What it fails is listed, what it cannot be asked is skipped by name, and it passes the rest."""
    result = play_cell(cell)
    lacks = TRUTH["skips"].get(cell.scenario.info.id)
    expected = "skipped" if lacks else "fail" if cell.expected else "pass"
    assert (result.verdict, result.why) == (expected, lacking(lacks) if lacks else result.why)
