"""The sample apps that are judged as anybody's app is: by their `nologout.toml` alone."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from nologout.targets.foreign import ForeignTarget
from nologout.targets.samples.notes_server import PASSWORD, USER
from nologout.targets.samples.truth import read_truth

if TYPE_CHECKING:
    from nologout.targets.target import Launch

_HERE = Path(__file__).parent
# What their files call the variables; the account stands in their server's source.
_ACCOUNT = {"SAMPLE_USERNAME": USER, "SAMPLE_PASSWORD": PASSWORD}


def described() -> tuple[str, ...]:
    """Return the names of the sample apps that a file describes."""
    return tuple(sorted(found.parent.name for found in _HERE.glob("*/nologout.toml")))


def folder_of(name: str) -> Path:
    """Return where a sample app is."""
    return _HERE / name


class Sample(ForeignTarget):
    """A sample app that its file describes; `truth.toml` beside it says what it fails."""

    def __init__(self, name: str, file: Path | None = None) -> None:
        os.environ.update(_ACCOUNT)
        super().__init__(str(file or folder_of(name) / "nologout.toml"))
        self.name = self.profile = name
        self.truth = read_truth(folder_of(name))

    def launch(self, state: Path) -> Launch:
        """Return how to start it: with the Python that nologout runs in, and with a folder for its files."""
        launch = super().launch(state)
        return msgspec.structs.replace(
            launch,
            command=(sys.executable, *launch.command[1:]),
            folder=str(folder_of(self.name)),
            environment={**launch.environment, "SAMPLE_STATE": str(state)},
        )

    def expected_failures(self) -> dict[str, str]:
        """Return the truth about the app, by hand."""
        return {cell: each.why for each in self.truth.fails for cell in each.cells}
