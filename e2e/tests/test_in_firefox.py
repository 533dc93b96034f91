"""The harness in Firefox: the reference passes there too, and faults, witnesses and clocks do what they do in Chromium.

`nologout prove --browser firefox` plays the rest.
"""

from collections.abc import Callable

import pytest

from nologout import scenarios
from nologout.model.result import Result
from nologout.runner import Cell
from nologout.stage.browser.engine import FIREFOX
from nologout.targets import Reference

pytestmark = [pytest.mark.browser, pytest.mark.firefox, pytest.mark.only_browser("firefox")]


@pytest.mark.parametrize(
    ("name", "variant"),
    [
        ("lost_response", ""),
        ("late_401", ""),
        ("two_tabs_expire_together", "loser_first"),
        ("storage_evicted", ""),
    ],
)
def test_reference_passes_in_firefox(name: str, variant: str, play_cell: Callable[[Cell], Result]) -> None:
    """A pass needs each fault's witness, so it shows that the fault took effect."""
    result = play_cell(Cell(scenarios.load(name), variant, Reference("family"), FIREFOX))
    assert (result.verdict, result.why) == ("pass", result.why)


def test_client_that_takes_eviction_for_a_sign_out_fails_in_firefox(play_cell: Callable[[Cell], Result]) -> None:
    """What fails in Chromium fails in Firefox, by the same cause."""
    target = Reference("family", "takes_eviction_for_sign_out")
    result = play_cell(Cell(scenarios.load("storage_evicted"), "", target, FIREFOX))
    assert (result.verdict, result.cause) == ("fail", "took_eviction_for_sign_out")
    assert "--browser firefox" in result.repeat
