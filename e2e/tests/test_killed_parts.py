"""When a part dies in mid-scenario the verdict is unknown, with the reason; nothing is left, and the run goes on."""

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import msgspec
import psutil
import pytest

from nologout import scenarios
from nologout.model.result import Result
from nologout.plugin.fixtures import ServerPool
from nologout.runner import Cell
from nologout.stage.stage import Stage
from nologout.steps import Scenario, Step
from nologout.targets import Reference
from tests.processes import PATIENCE_S, ended, living_group

pytestmark = pytest.mark.browser
WHOLE = Cell(scenarios.load("reload_with_expired_access"), "", Reference("family"))
Play = Callable[[Cell], Result]
Kill = Callable[[Stage], list[int]]


class Killed(msgspec.Struct):
    """The processes that a step ended, and the sockets that must be closed."""

    pids: list[int] = []
    proxy: str = ""


class KillPart(Step, frozen=True, tag="kill_part"):
    """A part of the stage dies (in tests alone)."""

    kill: Any
    into: Killed

    def perform(self, stage: Stage) -> None:
        """Kill it, and wait until it is dead."""
        self.into.proxy = stage.proxy.address
        self.into.pids.extend(self.kill(stage))
        assert ended(*self.into.pids)


def browser(stage: Stage) -> list[int]:
    """Kill this process's browsers, as the system does when memory is short."""
    del stage
    found = list(_browsers())
    for process in found:
        process.kill()
    assert found
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


def broken(kill: Kill, after: int) -> tuple[Cell, Killed]:
    """Return the cell with a killing as its step of that number, and what will tell of it."""
    killed = Killed()
    steps = list(WHOLE.scenario.variants[""])
    steps.insert(after, KillPart(kill, killed))
    return replace(WHOLE, scenario=Scenario(WHOLE.scenario.info, {"": tuple(steps)})), killed


# Before the first tab is open, in the middle, and after the last act: then only the oracle can notice.
@pytest.mark.parametrize("after", [0, 3, 7], ids=["first", "middle", "last"])
@pytest.mark.parametrize(
    ("kill", "reason"),
    [
        (browser, "the harness: the browser died"),
        (server, "the app: the app's server died"),
        (proxy, "the harness: the fault proxy died"),
    ],
    ids=["browser", "server", "proxy"],
)
def test_dead_part_makes_the_verdict_unknown_and_the_run_goes_on(
    kill: Kill, reason: str, after: int, play_cell: Play
) -> None:
    """The reason names the part, and the next cell passes."""
    cell, _ = broken(kill, after)
    result = play_cell(cell)
    assert (result.verdict, result.why) == ("unknown", reason)
    assert play_cell(WHOLE).verdict == "pass"


def test_server_that_is_replaced_leaves_no_process(play_cell: Play, server_pool: ServerPool) -> None:
    """When the leash alone was killed, the worker that it held ends too, before the run does."""
    group = server_pool.running(WHOLE.target).pid
    cell, killed = broken(leash, 3)
    assert play_cell(cell).verdict == "unknown"
    assert killed.pids == [group]
    assert play_cell(WHOLE).verdict == "pass"
    assert ended(*(process.pid for process in living_group(group)))


def test_killed_browser_leaves_no_process(play_cell: Play) -> None:
    """Its helpers end with it."""
    play_cell(WHOLE)
    helpers = [child for found in _browsers() for child in found.children(recursive=True)]
    assert play_cell(broken(browser, 3)[0]).verdict == "unknown"
    _, left = psutil.wait_procs(helpers, timeout=PATIENCE_S)
    assert not [process for process in left if process.status() != psutil.STATUS_ZOMBIE]
