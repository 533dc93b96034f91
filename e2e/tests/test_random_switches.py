"""Two users switch at random in the tabs of one browser: neither ever acts with the other's token, says the proxy."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from nologout.plugin.fixtures import ServerPool
from nologout.stage.stage import set_stage
from nologout.targets import Reference
from tests.switches import SETTLE, USERS, Act, Scene, random_acts

pytestmark = pytest.mark.browser
Play = Callable[..., Scene]
# A note waits for a refresh when somebody else signs in elsewhere.
NOTE_WAITS: tuple[Act, ...] = (
    *(("come", "a", "U1"), ("reload", "b"), SETTLE),
    *(("hold_requests",), ("expire_asleep",), ("write", "a"), SETTLE),
    *(("come", "b", "U2"), ("let_go",), SETTLE, ("finish",)),
)


@pytest.fixture
def play(server_pool: ServerPool, new_context: Callable[..., BrowserContext]) -> Play:
    """Return a function that plays acts in a browser of their own, and returns what is left of them."""

    def on_a_stage(acts: tuple[Act, ...], profile: str, client: str = "reference") -> Scene:
        target = Reference(profile, client)
        with set_stage(target, server_pool.running(target), new_context) as stage:
            scene = Scene(stage)
            scene.play(acts)
            return scene

    return on_a_stage


def rounds() -> list[Any]:
    """Return seeds and lengths: two short games a profile for every day, and a hundred long ones."""
    daily = [pytest.param(seed, 12, id=f"{seed}") for seed in (1, 2)]
    return [*daily, *(pytest.param(seed, 40, id=f"{seed}", marks=pytest.mark.soak) for seed in range(3, 103))]


@pytest.mark.parametrize("profile", ["family", "cookie"])
@pytest.mark.parametrize(("seed", "count"), rounds())
def test_switches_never_mix_two_users(profile: str, seed: int, count: int, play: Play) -> None:
    """Whatever they do, and in whichever order the replies come; both have written something."""
    acts = random_acts(seed, count)
    scene = play(acts, profile)
    assert scene.mixed() == [], acts
    assert {e.carries for e in scene.exchanges if e.status == 201} == {f"note:{user}" for user in USERS}


def test_note_that_broken_client_sends_as_anyone_is_seen(play: Play) -> None:
    """Where requests wait for whoever is signed in by then, the other's token goes with the note; not so with ours."""
    told = "U1's note left with U2's token"
    assert any(told in wrong for wrong in play(NOTE_WAITS, "family", "sends_queued_requests_as_anyone").mixed())
    assert play(NOTE_WAITS, "family").mixed() == []
