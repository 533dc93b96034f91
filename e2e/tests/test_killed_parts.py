"""When a part dies in mid-scenario the verdict is unknown, with the reason; nothing is left, and the run goes on."""

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import msgspec
import psutil
import pytest

from nologout import oracle, scenarios
from nologout.model.result import Result
from nologout.plugin.fixtures import ServerPool
from nologout.runner import Cell
from nologout.stage.stage import Stage
from nologout.steps import Scenario, Step, acts
from nologout.targets import Reference, sample
from tests.processes import PATIENCE_S, ended, living_group

pytestmark = pytest.mark.browser
SCENARIO = scenarios.load("reload_with_expired_access")
# It starts in no time; the reference can be asked for its sessions, which fails in another place.
SMALL, LARGE = Cell(SCENARIO, "", sample("cookie_xhr")), Cell(SCENARIO, "", Reference("family"))
# In the middle the next step notices; after the last act only the oracle can.
MIDDLE, LAST = 3, 7
Play = Callable[[Cell], Result]
Kill = Callable[[Stage], list[int]]


class Killed(msgspec.Struct):
    """The processes that a step ended."""

    pids: list[int] = []


class KillPart(Step, frozen=True, tag="kill_part"):
    """A part of the stage dies (in tests alone)."""

    kill: Any
    into: Killed

    def perform(self, stage: Stage) -> None:
        """Kill it, and wait until it is dead."""
        self.into.pids.extend(self.kill(stage))
        assert ended(*self.into.pids)


def browser(stage: Stage) -> list[int]:
    """Kill this process's browsers, as the system does when memory is short."""
    del stage
    found = list(_browsers())
    assert found
    for process in found:
        process.kill()
    return [process.pid for process in found]


def server(stage: Stage) -> list[int]:
    """Kill the app's server with all its workers."""
    pids = [process.pid for process in living_group(stage.server.pid)]
    os.killpg(stage.server.pid, signal.SIGKILL)
    return pids


def leash(stage: Stage) -> list[int]:
    """Kill the process that holds the server, and the server not."""
    os.kill(stage.server.pid, signal.SIGKILL)
    return [stage.server.pid]


def proxy(stage: Stage) -> list[int]:
    """End the fault proxy's thread."""
    stage.proxy.stop()
    return []


def _browsers() -> Iterator[psutil.Process]:
    for process in psutil.Process().children(recursive=True):
        try:
            words = " ".join(process.cmdline())
        except psutil.Error:
            continue
        if "--remote-debugging-pipe" in words and "--type=" not in words:
            yield process


def broken(whole: Cell, kill: Kill, after: int) -> tuple[Cell, Killed]:
    """Return a cell with a killing as its step of that number, and what will tell of it."""
    killed = Killed()
    steps = list(SCENARIO.variants[""])
    steps.insert(after, KillPart(kill, killed))
    return replace(whole, scenario=Scenario(SCENARIO.info, {"": tuple(steps)})), killed


@pytest.fixture
def play_broken(play_cell: Play) -> Play:
    """Return a function that plays a cell and waits shortly for what a dead part will never do."""

    def play(cell: Cell) -> Result:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(acts, "_SERVED_S", 0.5)
            patch.setattr(oracle, "_PATIENCE_S", 0.5)
            patch.setattr(oracle, "_ENDING_S", 0.5)
            return play_cell(cell)

    return play


class Death(NamedTuple):
    """What is played, who dies before which step, and the reason that is told."""

    whole: Cell
    kill: Kill
    after: int
    reason: str


@pytest.mark.parametrize(
    "death",
    [
        pytest.param(Death(SMALL, browser, MIDDLE, "the harness: the browser died"), id="browser-middle"),
        pytest.param(Death(SMALL, browser, LAST, "the harness: the browser died"), id="browser-last"),
        pytest.param(Death(SMALL, proxy, MIDDLE, "the harness: the fault proxy died"), id="proxy-middle"),
        pytest.param(Death(SMALL, proxy, LAST, "the harness: the fault proxy died"), id="proxy-last"),
        pytest.param(Death(SMALL, server, MIDDLE, "the app's server died"), id="server-middle"),
        pytest.param(Death(LARGE, server, LAST, "the app's server died"), id="server-last"),
    ],
)
def test_dead_part_makes_the_verdict_unknown_and_the_run_goes_on(
    death: Death, play_broken: Play, play_cell: Play
) -> None:
    """The reason names the part, no process of it is left, and the next cell passes."""
    cell, killed = broken(death.whole, death.kill, death.after)
    result = play_broken(cell)
    assert (result.verdict, result.why) == ("unknown", death.reason)
    assert ended(*killed.pids)
    assert play_cell(death.whole).verdict == "pass"


def test_server_that_is_replaced_leaves_no_process(play_broken: Play, play_cell: Play, server_pool: ServerPool) -> None:
    """When the leash alone was killed, the worker that it held ends too, before the run does."""
    group = server_pool.running(SMALL.target).pid
    cell, killed = broken(SMALL, leash, MIDDLE)
    assert play_broken(cell).verdict == "unknown"
    assert killed.pids == [group]
    assert play_cell(SMALL).verdict == "pass"
    assert ended(*(process.pid for process in living_group(group)))


def test_killed_browser_leaves_no_process(play_broken: Play, play_cell: Play) -> None:
    """Its helpers end with it."""
    play_cell(SMALL)
    helpers = [child for found in _browsers() for child in found.children(recursive=True)]
    assert play_broken(broken(SMALL, browser, MIDDLE)[0]).verdict == "unknown"
    _, left = psutil.wait_procs(helpers, timeout=PATIENCE_S)
    assert not [process for process in left if process.status() != psutil.STATUS_ZOMBIE]
