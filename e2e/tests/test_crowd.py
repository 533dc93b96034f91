"""Fifty tabs expire together, again and again: one refresh each time on a server that forgives no second one."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from nologout.plugin.fixtures import ServerPool
from nologout.stage.stage import set_stage
from nologout.targets import Reference
from tests.crowd import Crowd, Rush

pytestmark = pytest.mark.browser
Rushes = Callable[[Reference, int, int], list[Rush]]


@pytest.fixture
def rushes(server_pool: ServerPool, new_context: Callable[..., BrowserContext]) -> Rushes:
    """Return a function that opens so many tabs, and lets them expire together so many times."""

    def play(target: Reference, tabs: int, rounds: int) -> list[Rush]:
        with set_stage(target, server_pool.running(target), new_context) as stage:
            crowd, seen = Crowd(stage, tabs), []
            for _ in range(rounds):
                crowd.expire()
                seen.append(crowd.gather_and_ask())
            return seen

    return play


@pytest.mark.parametrize(
    ("tabs", "rounds"),
    [pytest.param(6, 3, id="6_tabs"), pytest.param(50, 100, id="50_tabs_100_times", marks=pytest.mark.soak)],
)
def test_tabs_that_expire_together_send_one_refresh(tabs: int, rounds: int, rushes: Rushes) -> None:
    """Each time every tab is refused, one refreshes for all, and each gets its list by a second request."""
    for seen in rushes(Reference("stock"), tabs, rounds):
        assert (seen.refreshes, len(seen.refused), len(seen.served)) == (1, tabs, tabs)


def test_tabs_without_a_lock_send_a_refresh_each(rushes: Rushes) -> None:
    """The count can come out otherwise; this server forgives it, so that it is the count alone that tells."""
    (seen,) = rushes(Reference("family", "no_cross_tab_lock"), 3, 1)
    assert (seen.refreshes, len(seen.served)) == (3, 3)
