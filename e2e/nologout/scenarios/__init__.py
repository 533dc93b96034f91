"""A behaviour a file: metadata and steps, nothing else; a scenario's name is its file's stem."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from typing import TYPE_CHECKING

import msgspec

from nologout.errors import HarnessError, UsageError
from nologout.steps import Scenario

if TYPE_CHECKING:
    from types import ModuleType


def names() -> list[str]:
    """Return the names of all scenarios, in alphabetical order."""
    return sorted(found.name for found in pkgutil.iter_modules(__path__))


def load(name: str) -> Scenario:
    """Return a scenario by name.

    Raises:
        UsageError: There is no such scenario.
    """
    if name not in names():
        raise UsageError(f"there is no scenario {name!r}", hint="`nologout list` prints their names")
    return of_module(importlib.import_module(f"{__name__}.{name}"))


def of_module(module: ModuleType) -> Scenario:
    """Return the scenario that a module holds, under the name of its file.

    Raises:
        HarnessError: The module holds none, or has no docstring to tell what happens.
    """
    found, summary = getattr(module, "SCENARIO", None), inspect.getdoc(module)
    if not isinstance(found, Scenario) or not summary:
        raise HarnessError(f"{module.__name__} needs a docstring and a SCENARIO")
    name = module.__name__.rpartition(".")[2]
    line = summary.splitlines()[0]
    return Scenario(msgspec.structs.replace(found.info, id=name, summary=line), found.variants)
