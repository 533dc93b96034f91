"""Keeps every core busy, so that what is played meanwhile is played on a slow machine."""

from __future__ import annotations

import contextlib
import multiprocessing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def busy_cores() -> Iterator[None]:
    """Spin on every core meanwhile."""
    spawning = multiprocessing.get_context("spawn")
    spinning = [spawning.Process(target=_spin, daemon=True) for _ in range(multiprocessing.cpu_count())]
    for process in spinning:
        process.start()
    try:
        yield
    finally:
        for process in spinning:
            process.kill()
            process.join()


def _spin() -> None:
    while True:
        pass
