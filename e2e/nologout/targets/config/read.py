"""Reads `nologout.toml`: the whole file is checked, and everything that is wrong is said at once, with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.errors import UsageError
from nologout.targets.config.model import Config
from nologout.targets.config.validate import Validator
from nologout.toml_file import dotted, read_toml

if TYPE_CHECKING:
    from pathlib import Path

    from nologout.targets.config.validate import Problem
    from nologout.toml_file import TomlFile


def read_config(path: Path) -> Config:
    """Return what a configuration file says.

    Raises:
        UsageError: The file cannot be read, is no TOML, or something in it is wrong; each mistake has its line.
    """
    file = read_toml(path)
    validator = Validator(path.absolute().parent)
    config = validator.table(Config, file.data)
    if config is None or validator.problems:
        raise _wrong(file, validator.problems)
    return config


def _wrong(file: TomlFile, problems: list[Problem]) -> UsageError:
    in_order = sorted(problems, key=lambda problem: _line(file, problem))
    many = f"{len(problems)} mistakes" if len(problems) > 1 else "a mistake"
    lines = [f"{file.path} has {many}:", *(f"  {_told(file, problem)}" for problem in in_order)]
    return UsageError("\n".join(lines), hint="docs/nologout.schema.json describes every key")


def _line(file: TomlFile, problem: Problem) -> int:
    return int(file.place(*problem.key).rpartition(":")[2])


def _told(file: TomlFile, problem: Problem) -> str:
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"{file.place(*problem.key)}: {dotted(problem.key)}: {problem.message}{hint}"
