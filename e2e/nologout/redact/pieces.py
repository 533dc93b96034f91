"""Finds pieces of secrets in bytes: a piece of 16 bytes betrays a secret as the whole of it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECE = 16
_GRAM = 8


class Pieces:
    """An index of secrets; a secret that is shorter than a piece is found as a whole only.

    The data is looked at in blocks of eight: any piece of sixteen holds a whole block, wherever it stands.
    So the index knows every eight bytes of every secret, with the eight before and the eight after.
    """

    def __init__(self) -> None:
        self._short: set[bytes] = set()
        self._around: dict[bytes, set[tuple[bytes, bytes]]] = {}

    def add(self, secret: bytes) -> None:
        """Take one more secret into the index."""
        if len(secret) < PIECE:
            self._short.add(secret)
            return
        for at in range(len(secret) - _GRAM + 1):
            end = at + _GRAM
            around = (secret[max(0, at - _GRAM) : at], secret[end : end + _GRAM])
            self._around.setdefault(secret[at:end], set()).add(around)

    def spans(self, data: bytes) -> list[tuple[int, int]]:
        """Return where pieces stand, as (start, end) in order; pieces that touch are one."""
        merged: list[tuple[int, int]] = []
        for start, end in sorted((*self._whole(data), *self._parts(data))):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged

    def cut(self, data: bytes, instead: bytes) -> bytes:
        """Return the data with other bytes in the place of every piece."""
        for start, end in reversed(self.spans(data)):
            data = data[:start] + instead + data[end:]
        return data

    def _whole(self, data: bytes) -> Iterator[tuple[int, int]]:
        for secret in self._short:
            at = data.find(secret)
            while at >= 0:
                yield at, at + len(secret)
                at = data.find(secret, at + 1)

    def _parts(self, data: bytes) -> Iterator[tuple[int, int]]:
        if not self._around:
            return
        for at in range(0, len(data) - _GRAM + 1, _GRAM):
            end = at + _GRAM
            for left, right in self._around.get(data[at:end], ()):
                start = at - _same(left[::-1], data[max(0, at - _GRAM) : at][::-1])
                stop = end + _same(right, data[end : end + _GRAM])
                if stop - start >= PIECE:
                    yield start, stop


def _same(one: bytes, two: bytes) -> int:
    """Return for how many bytes from their beginnings the two are the same."""
    return next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
