"""Leaves the cells of other shards out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nologout.errors import UsageError
from nologout.model.shard import Shard
from nologout.plugin.collect import ScenarioItem

if TYPE_CHECKING:
    from collections.abc import Sequence

SHARD: pytest.StashKey[Shard | None] = pytest.StashKey()


def note_shard(config: pytest.Config) -> None:
    """Read the option, before anything is collected.

    Raises:
        pytest.UsageError: There is no such shard.
    """
    named = config.getoption("--nologout-shard")
    try:
        config.stash[SHARD] = None if named is None else Shard.parse(named)
    except UsageError as error:
        raise pytest.UsageError(f"{error} ({error.hint})") from error


def left_out(shard: Shard | None, items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Return the cells of other shards; whatever is no cell is in every one."""
    cells = [item for item in items if isinstance(item, ScenarioItem)]
    kept = set(cells if shard is None else shard.part(cells))
    return [cell for cell in cells if cell not in kept]
