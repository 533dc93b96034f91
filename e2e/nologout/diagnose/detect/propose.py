"""Makes a configuration of findings, and notes for its file: how sure each is, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from nologout.errors import HarnessError
from nologout.targets.config import Config
from nologout.targets.config.validate import Validator
from nologout.toml_file import dotted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nologout.diagnose.detect.rules.finding import Finding


class Proposal(msgspec.Struct, frozen=True):
    """A configuration, what to write above each of its keys, and what nothing can be played without and is lacking."""

    config: Config
    notes: dict[str, str]
    lacking: tuple[str, ...]


def propose(findings: Iterable[Finding], credentials: tuple[str, str]) -> Proposal:
    """Return what findings make; `credentials` are the names of the variables that hold user name and password.

    Raises:
        HarnessError: They make no valid configuration.
    """
    found = tuple(findings)
    data: dict[str, Any] = {"credentials": dict(zip(("username", "password"), credentials, strict=True))}
    for finding in found:
        if finding.is_found:
            _put(data, finding.key.split("."), finding.value)
    validator = Validator(Path.cwd())
    config = validator.table(Config, data)
    if config is None or validator.problems:
        wrong = "; ".join(f"{dotted(each.key)} {each.message}" for each in validator.problems)
        raise HarnessError(f"what was found makes no configuration: {wrong}")
    notes = {each.key: f"{each.confidence}: {each.evidence}" for each in found}
    return Proposal(config, notes, tuple(each.key for each in found if each.needed and not each.is_found))


def _put(data: dict[str, Any], key: list[str], value: object) -> None:
    for part in key[:-1]:
        data = data.setdefault(part, {})
    data[key[-1]] = value
