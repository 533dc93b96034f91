"""Our own client on every profile of the server: it passes, or fails as its list says, and nothing else.

`nologout prove` plays `family` and `stock`; here are the others. Fifty tabs are played there alone. All but
one of the others differ from those by one setting: every day they are played where that setting matters most, and
where they are known to fail; in `make soak` whole.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from nologout import scenarios
from nologout.model.result import Result
from nologout.runner import Cell
from nologout.targets import DEFAULT_PROFILES, PROFILES, Reference

pytestmark = pytest.mark.browser
TOO_LONG = "fifty_tabs_expire_together"
MATTERS_TO = {
    "strict": {"identity"},
    "cookie": {"identity", "storage"},
    "long_access": {"clock"},
    "no_rotation": {"clock", "identity"},
}


def cells() -> Iterator[Any]:
    """Yield every variant of every scenario on every other profile."""
    for profile in (p for p in PROFILES if p not in DEFAULT_PROFILES):
        for scenario in map(scenarios.load, scenarios.names()):
            for variant in scenario.variants:
                cell = Cell(scenario, variant, Reference(profile))
                marks = () if is_for_every_day(cell) else pytest.mark.soak
                yield pytest.param(cell, id=f"{profile}-{scenario.info.id}{variant and f'[{variant}]'}", marks=marks)


def is_for_every_day(cell: Cell) -> bool:
    """Tell whether a cell is short enough, and likely enough to tell something that no other one does."""
    info, profile = cell.scenario.info, cell.target.profile
    matters = profile not in MATTERS_TO or info.group in MATTERS_TO[profile] or bool(cell.expected)
    return matters and info.id != TOO_LONG


@pytest.mark.parametrize("cell", list(cells()))
def test_profile_keeps_what_its_list_says(cell: Cell, play_cell: Callable[[Cell], Result]) -> None:
    """What a profile costs is written down before it is run; what it cannot be asked is skipped by name."""
    result = play_cell(cell)
    expected = "skipped" if cell.missing() else "fail" if cell.expected else "pass"
    assert (result.verdict, result.why) == (expected, result.why)
    assert result.cause != "unexplained"
