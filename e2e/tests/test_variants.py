"""Our client in other clothes: behind the real axios, and as the one file to copy.

On `stock` a mistake ends the session, which `family` would forgive: there `make soak` plays what the network does.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from nologout import scenarios
from nologout.model.result import Result
from nologout.runner import Cell
from nologout.targets import DEFAULT_PROFILES, Reference

pytestmark = pytest.mark.browser
AXIOS_GROUPS = ("frontend", "tabs", "network")
ONE_FILE = (
    "reload_with_expired_access",
    "parallel_401s",
    "two_tabs_expire_together",
    "lost_response",
    "refresh_answers_503",
    "storage_quota_exceeded",
    "client_clock_70_minutes_fast",
    "sign_out_reaches_every_tab",
    "refresh_token_expired",
)
TOO_LONG = "fifty_tabs_expire_together"


def _cells(client: str, profile: str, chosen: Callable[[Any], bool]) -> Iterator[Any]:
    for scenario in filter(chosen, map(scenarios.load, scenarios.names())):
        forgiven = client == "axios" and profile == "family" and scenario.info.group == "network"
        marks = pytest.mark.soak if scenario.info.id == TOO_LONG or forgiven else ()
        for variant in scenario.variants:
            name = f"{client}-{profile}-{scenario.info.id}{variant and f'[{variant}]'}"
            yield pytest.param((client, profile, scenario, variant), id=name, marks=marks)


def cells() -> Iterator[Any]:
    """Yield the groups in which axios matters on both profiles, and a subset for the one file."""
    for profile in DEFAULT_PROFILES:
        yield from _cells("axios", profile, lambda scenario: scenario.info.group in AXIOS_GROUPS)
    yield from _cells("one_file", "family", lambda scenario: scenario.info.id in ONE_FILE)


@pytest.mark.parametrize("played", list(cells()))
def test_variant_fares_as_our_client_does(
    played: tuple[str, str, Any, str], play_cell: Callable[[Cell], Result]
) -> None:
    """It passes where our own client passes, and fails where that is known to fail."""
    client, profile, scenario, variant = played
    cell = Cell(scenario, variant, Reference(profile, client))
    result = play_cell(cell)
    assert (result.verdict, result.why) == ("fail" if cell.expected else "pass", result.why)
