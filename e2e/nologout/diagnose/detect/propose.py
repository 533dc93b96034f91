"""Makes a configuration of findings, and notes for its file: how sure each is, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from nologout.errors import HarnessError
from nologout.targets.config import Config, write_config
from nologout.targets.config.validate import Validator
from nologout.toml_file import dotted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nologout.diagnose.detect.rules.finding import Finding


_HEAD = """\
# Written by `nologout init`. Above a key stands how sure it is, and what shows it:
#   sure       it was seen to happen
#   likely     a name or a lifetime tells it
#   guessed    nothing better was found: look at it
#   not found  to be filled in by hand, or left as it is
# What is a comment itself is not in force; its value is the one that holds when it is left out.

"""


class Proposal(msgspec.Struct, frozen=True):
    """A configuration, what to write above its keys, and what nothing can be played without and is lacking.

    `found` are the keys that were found out, perhaps to be as they are by default.
    """

    config: Config
    notes: dict[str, str]
    found: frozenset[str]
    lacking: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the file that says so, and how sure each key is."""
        return _HEAD + write_config(self.config, self.notes, self.found)


def propose(findings: Iterable[Finding], credentials: tuple[str, str], folder: Path | None = None) -> Proposal:
    """Return what findings make; `credentials` are the names of the variables that hold user name and password.

    `folder` is where the file is to be (else here): files that it names are looked for from there.

    Raises:
        HarnessError: They make no valid configuration.
    """
    every = tuple(findings)
    found = [each for each in every if each.is_found]
    data: dict[str, Any] = {"credentials": dict(zip(("username", "password"), credentials, strict=True))}
    for finding in found:
        _put(data, finding.key.split("."), finding.value)
    validator = Validator(folder or Path.cwd())
    config = validator.table(Config, data)
    if config is None or validator.problems:
        wrong = "; ".join(f"{dotted(each.key)} {each.message}" for each in validator.problems)
        raise HarnessError(f"what was found makes no configuration: {wrong}")
    notes = {each.key: f"{each.confidence}: {each.evidence}" for each in every}
    lacking = tuple(each.key for each in every if each.needed and not each.is_found)
    return Proposal(config, notes, frozenset(each.key for each in found), lacking)


def _put(data: dict[str, Any], key: list[str], value: object) -> None:
    for part in key[:-1]:
        data = data.setdefault(part, {})
    data[key[-1]] = value
