"""A shard: one of several equal parts of the cells, for machines that play side by side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

import msgspec

from nologout.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")
_HINT = "write I/N, for example 2/4: the second of four parts"


class Shard(msgspec.Struct, frozen=True):
    """The part `index` of `count`, both from 1."""

    index: int
    count: int

    @classmethod
    def parse(cls, text: str) -> Shard:
        """Return the shard that is written as `i/n`.

        Raises:
            UsageError: It is not, or there is no such part.
        """
        found = re.fullmatch(r"([0-9]{1,4})/([0-9]{1,4})", text)
        if found is None:
            raise UsageError(f"{text!r} is no shard", hint=_HINT)
        index, count = int(found[1]), int(found[2])
        if not 1 <= index <= count:
            raise UsageError(f"there is no shard {text}: shards count from 1/{max(count, 1)}", hint=_HINT)
        return cls(index, count)

    def part(self, ordered: Sequence[T]) -> list[T]:
        """Return every `count`-th thing, from the one at `index`: all shards together hold each thing once."""
        return list(ordered[self.index - 1 :: self.count])

    def __str__(self) -> str:
        return f"{self.index}/{self.count}"
