"""Reads a baseline, and says of each mistake where it is and what would be right."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from nologout import scenarios
from nologout.baseline.entries import Baseline
from nologout.targets import PROFILES
from nologout.toml_file import read_toml

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from nologout.baseline.entries import Entry
    from nologout.toml_file import TomlFile

_SHAPE = "each [[fails]] has `cell`, `reason`, and perhaps `until` (a date such as 2027-01-31) and `profile`"


def read_baseline(path: Path) -> Baseline:
    """Return the baseline in a file.

    Raises:
        UsageError: The file cannot be read, or an entry is wrong: file, line, key, and a hint.
    """
    file = read_toml(path)
    baseline = file.convert(Baseline, hint=_SHAPE)
    cells = _cells()
    first: dict[tuple[str, str], int] = {}
    for index, entry in enumerate(baseline.fails):
        _check_name(file, (index, "cell"), entry.cell, cells)
        if entry.profile:
            _check_name(file, (index, "profile"), entry.profile, PROFILES)
        if not entry.reason.strip():
            hint = "say why this may fail for now, and who mends it"
            raise file.wrong(("fails", index, "reason"), "it says nothing", hint)
        _check_once(file, index, entry, first)
    return baseline


def _cells() -> list[str]:
    """Return every name that an entry may have."""
    loaded = (scenarios.load(name) for name in scenarios.names())
    return [name for one in loaded for name in (one.info.id, *(f"{one.info.id}[{v}]" for v in one.variants if v))]


def _check_name(file: TomlFile, where: tuple[int, str], name: str, known: Collection[str]) -> None:
    if name in known:
        return
    index, key = where
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    hint = f"near it: {', '.join(near)}" if near else f"known: {', '.join(known)}"
    if key == "cell":
        hint += "; `nologout list` prints the scenarios, and a variant stands in brackets"
    raise file.wrong(("fails", index, key), f"there is no {key} {name!r}", hint)


def _check_once(file: TomlFile, index: int, entry: Entry, first: dict[tuple[str, str], int]) -> None:
    key = (entry.cell, entry.profile)
    if key in first:
        line = file.line("fails", first[key], "cell")
        raise file.wrong(("fails", index, "cell"), f"{entry.cell!r} stands in line {line} already", "keep one of them")
    first[key] = index
