"""The truth about a sample app, as it was written down by hand before the app was ever judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from pathlib import Path


class Fails(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Cells (`scenario` or `scenario[variant]`) that are failed for one reason, which the judge knows as `cause`."""

    cells: tuple[str, ...]
    cause: str
    side: str
    why: str


class Truth(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How an app keeps its tokens, what is wrong with it, what it fails, and what it cannot be asked.

    `lacks`: capabilities; a scenario that needs one is skipped. `untold`: of what nologout can tell nothing, the truth.
    """

    keeps: str
    wrong: str
    lacks: tuple[str, ...]
    fails: tuple[Fails, ...]
    untold: dict[str, str] = {}

    def of(self, scenario: str, variant: str) -> Fails | None:
        """Return why a cell is failed, or None where it must pass."""
        names = {scenario, f"{scenario}[{variant}]"}
        return next((each for each in self.fails if names & {*each.cells}), None)


def read_truth(folder: Path) -> Truth:
    """Return the truth about the sample app of a folder."""
    return msgspec.toml.decode((folder / "truth.toml").read_bytes(), type=Truth)
