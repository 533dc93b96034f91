"""A fault that silently does nothing makes no scenario pass: the verdict is unknown, and names it."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest

from nologout import scenarios
from nologout.model.result import Result
from nologout.runner import Cell
from nologout.stage import faults
from nologout.stage.faults.clock.access_spoiled import AccessSpoiled
from nologout.stage.faults.fault import Fault
from nologout.stage.stage import Stage
from nologout.steps import Step
from nologout.targets import Reference
from nologout.targets.samples.cookie_xhr import CookieXhr

pytestmark = pytest.mark.browser
FaultClass = type[Any]


def fault_classes() -> Iterator[FaultClass]:
    """Yield every class under `nologout.stage.faults` that can be injected, witnessed and lifted."""
    for found in pkgutil.walk_packages(faults.__path__, f"{faults.__name__}."):
        module = importlib.import_module(found.name)
        for _, kind in inspect.getmembers(module, inspect.isclass):
            here = kind.__module__ == module.__name__ and kind is not Fault
            if here and all(hasattr(kind, does) for does in ("name", "inject", "effect", "lift")):
                yield kind


def makes(step: Step, fault: FaultClass) -> bool:
    """Tell whether performing a step makes a fault of this class: its code names the class."""
    return fault.__name__ in type(step).perform.__code__.co_names


class Spoiled(CookieXhr):
    """An app whose access tokens expire on their way, because no clock of its can be moved."""

    app = msgspec.structs.replace(CookieXhr.app, expiry="header")


def shortest_cell_with(fault: FaultClass) -> Cell:
    """Return the cell of the fewest steps that has the fault, on a target where it is met and nothing fails."""
    target = Spoiled() if fault is AccessSpoiled else Reference("family")
    told = (
        (len(steps), name, variant)
        for name in scenarios.names()
        for variant, steps in scenarios.load(name).variants.items()
        if any(makes(step, fault) for step in steps) and not Cell(scenarios.load(name), variant, target).missing()
    )
    shortest = min(told, default=None)
    assert shortest is not None, f"no scenario has the fault {fault.name!r}, so nothing shows what it does"
    return Cell(scenarios.load(shortest[1]), shortest[2], target)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait shortly for effects that will not come."""
    monkeypatch.setattr(Stage.await_effects, "__defaults__", (0.2,))


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("fault", list(fault_classes()), ids=lambda fault: str(fault.name))
def test_fault_that_does_nothing_makes_the_verdict_unknown(
    fault: FaultClass, play_cell: Callable[[Cell], Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its hands tied, each fault is missed by its witness."""
    cell = shortest_cell_with(fault)
    monkeypatch.setattr(fault, "inject", lambda _fault, _stage: None)
    result = play_cell(cell)
    assert result.verdict == "unknown"
    assert f"no witness saw an effect of: {fault.name}" in result.why
