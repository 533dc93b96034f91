"""Searches a folder of artefacts for secrets, however they are packed or written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nologout.redact.pieces import Pieces
from nologout.redact.spellings import spellings
from nologout.redact.veils import unveiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_DEPTH = 5


class Leak(NamedTuple):
    """A file that holds a secret, or a piece of one, and the veils under which it was found, outermost first."""

    path: Path
    veils: tuple[str, ...]


def find_secrets(folder: Path, secrets: Iterable[str]) -> list[Leak]:
    """Return every place under a folder where one of the secrets, or 16 characters of it, stands.

    Looks into zip and gzip (also one in the other), base64 in both alphabets, percent signs and JSON escapes,
    and at the names of the files themselves.
    """
    pieces = Pieces()
    for secret in secrets:
        for form in spellings(secret):
            pieces.add(form)
    found: dict[Leak, None] = {}
    for path in sorted(folder.rglob("*")):
        if pieces.spans(str(path.relative_to(folder)).encode()):
            found[Leak(path, ("its name",))] = None
        if path.is_file():
            found |= {Leak(path, veils): None for veils in _find(path.read_bytes(), pieces)}
    return list(found)


def _find(data: bytes, pieces: Pieces, depth: int = _DEPTH) -> Iterator[tuple[str, ...]]:
    if pieces.spans(data):
        yield ()
    if depth:
        for veil, inside in unveiled(data):
            yield from ((veil, *further) for further in _find(inside, pieces, depth - 1))
