"""Requests that leave at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tests.running_server import Reply


def released_together(asks: list[Callable[[], Reply]]) -> list[Reply]:
    """Ask from as many threads, which start at once."""
    start = Barrier(len(asks))

    def race(ask: Callable[[], Reply]) -> Reply:
        start.wait()
        return ask()

    with ThreadPoolExecutor(len(asks)) as threads:
        return list(threads.map(race, asks))
