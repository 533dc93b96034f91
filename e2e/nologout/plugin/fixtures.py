"""Fixtures with which a cell is played: servers, and the playing itself."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import msgspec
import pytest

from nologout.plugin.results import RESULT
from nologout.runner import Cell, play
from nologout.stage.server import Server
from nologout.stage.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext

    from nologout.model.result import Result
    from nologout.targets.target import Target


class ServerPool:
    """Running servers, one for each app and profile; a dead one is replaced at its next use."""

    def __init__(self, stack: contextlib.ExitStack) -> None:
        self._stack = stack
        self._running: dict[tuple[str, str], Server] = {}

    def running(self, target: Target) -> Server:
        """Return a running server for the target; clients share the server of their profile."""
        key = (target.name, target.profile)
        server = self._running.get(key)
        if server is not None and not server.alive:
            server.stop()  # its leash is dead; what it held may not be
        if server is None or not server.alive:
            server = self._stack.enter_context(Standing(target) if target.reach.stands else Server(target))
            self._running[key] = server
        return server


@pytest.fixture(scope="session")
def server_pool() -> Iterator[ServerPool]:
    """Return the servers of this process; all are stopped in the end."""
    with contextlib.ExitStack() as stack:
        yield ServerPool(stack)


@pytest.fixture
def play_cell(server_pool: ServerPool, new_context: Callable[..., BrowserContext]) -> Callable[[Cell], Result]:
    """Return a function that plays one cell and returns its result."""
    return lambda cell: play(cell, lambda: server_pool.running(cell.target), new_context)


@pytest.fixture
def played(request: pytest.FixtureRequest, play_cell: Callable[[Cell], Result]) -> Result:
    """Return the result of the item's cell; an unknown one is an error, not a failure."""
    result = play_cell(request.node.cell)
    request.node.stash[RESULT] = msgspec.json.encode(result).decode()
    if result.verdict == "skipped":
        pytest.skip(result.why)
    if result.verdict == "unknown":
        pytest.fail(f"unknown: {result.why}", pytrace=False)
    return result
