"""Each known-broken client fails exactly what its list names beyond our own client, no more and no fewer."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from nologout import scenarios
from nologout.model.result import Result
from nologout.runner import Cell
from nologout.targets import Reference
from nologout.targets.reference import OURS, expectations

pytestmark = pytest.mark.browser
LISTS = expectations()
# What a bug may be called: the cause that follows from it, in any scenario that shows it.
CAUSES = {
    "no_cross_tab_lock": {"reused_refresh_token"},
    "drops_rotated_token": {"dropped_rotated_token"},
    "signs_out_on_any_failed_refresh": {"cleared_on_transient_answer"},
    "trusts_client_clock": {"judged_by_client_clock"},
    "gives_up_when_storage_throws": {"storage_write_failed"},
    "refreshes_on_late_401": {"refreshed_on_late_401"},
    "ignores_sign_out_in_another_tab": {"sign_out_not_heard"},
}
# Where a bug is seen from another side: the thief's copy of a token that its owner never left is honoured.
ALSO = {("drops_rotated_token", "family", "stolen_token_replayed"): {"theft_not_detected"}}


def cells() -> Iterator[Any]:
    """Yield every cell of every broken client on the profiles that its list names."""
    for client, entry in LISTS.items():
        if client != OURS:
            for profile in entry["fails"]:
                yield from _of(client, profile)


def _of(client: str, profile: str) -> Iterator[Any]:
    excused = LISTS[OURS]["fails"][profile]
    for scenario in map(scenarios.load, scenarios.names()):
        for variant in scenario.variants:
            names = _names(scenario.info.id, variant)
            if not names & set(excused):
                cell = Cell(scenario, variant, Reference(profile, client))
                yield pytest.param(cell, id=f"{client}-{profile}-{scenario.info.id}{variant and f'[{variant}]'}")


def _names(scenario: str, variant: str) -> set[str]:
    return {scenario, f"{scenario}[{variant}]"}


def test_every_broken_client_has_a_cause() -> None:
    """A new client needs a name for what it does wrong."""
    assert set(CAUSES) == set(LISTS) - {OURS}


@pytest.mark.parametrize("cell", list(cells()))
def test_broken_client_fails_what_its_list_names(cell: Cell, play_cell: Callable[[Cell], Result]) -> None:
    """A listed cell fails, and the bug is named; any other cell passes."""
    client, profile, scenario = cell.target.client, cell.target.profile, cell.scenario.info.id
    listed = _names(scenario, cell.variant) & set(LISTS[client]["fails"][profile])
    result = play_cell(cell)
    assert (result.verdict, result.why) == ("fail" if listed else "pass", result.why)
    if listed:
        assert result.cause in CAUSES[client] | ALSO.get((client, profile, scenario), set())
