"""Collects scenarios: a file holds one, and each of its cells is a pytest item."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from nologout import scenarios
from nologout.baseline import Baseline, read_baseline, utc_today
from nologout.errors import NologoutError
from nologout.runner import Cell
from nologout.stage.browser.engine import CHROMIUM, engine_named
from nologout.steps.script import read_script
from nologout.targets import DEFAULT_PROFILES, Reference, target_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nologout.model.result import Result
    from nologout.steps import Scenario, Step
    from nologout.targets.target import Target

BASELINE: pytest.StashKey[Baseline] = pytest.StashKey()
SCENARIOS = Path(scenarios.__file__).parent


class ScenarioItem(pytest.Function):
    """One cell; it needs the fixtures that `judged` names."""

    def __init__(self, *, cell: Cell, **rest: Any) -> None:  # noqa: ANN401 - pytest's own arguments
        super().__init__(**rest)
        self.cell = cell

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return what is played."""
        return self.cell.scenario.variants[self.cell.variant]

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the scenario stands."""
        return self.path, 0, self.name


class ScenarioFile(pytest.Module):
    """A scenario's file."""

    def collect(self) -> Iterator[ScenarioItem]:
        """Yield an item a cell: every chosen profile times every variant."""
        yield from _items(scenarios.load(self.path.stem), self)


class ScriptFile(pytest.Module):
    """A replay file: steps as JSON."""

    def _getobj(self) -> ModuleType:
        # A Module is what pytest's functions stand in; this one has nothing to import.
        return ModuleType(self.path.stem)

    def collect(self) -> Iterator[ScenarioItem]:
        """Yield an item for each chosen profile."""
        yield from _items(read_script(self.path), self)


def judged(played: Result) -> None:
    """Fail when the verdict is not the expected one."""
    if played.verdict == "fail" and played.expected:
        pytest.xfail(played.expected)
    if played.verdict == "fail":
        pytest.fail(told(played), pytrace=False)
    if played.expected:
        pytest.fail(f"passes unexpectedly; it was known to fail: {played.expected}", pytrace=False)


def told(result: Result) -> str:
    """Return a failure in a few lines: outcome, cause, side, remedy, and how to repeat it."""
    lines = (
        f"{result.cell}: {result.outcome}: {result.why}",
        f"cause:  {result.cause} ({result.evidence})",
        f"change: {result.side or 'unknown'}",
        f"remedy: {result.remedy}",
        f"repeat: {result.repeat}",
    )
    return "\n".join(lines)


def cell_name(cell: Cell) -> str:
    """Return an item's name, e.g. `two_tabs_expire_together[stock-loser_first]`."""
    variant = f"-{cell.variant}" if cell.variant else ""
    return f"{cell.scenario.info.id}[{cell.target.profile}{variant}]"


def targets(config: pytest.Config) -> list[Target]:
    """Return the targets that the options choose."""
    name = config.getoption("--nologout-target")
    try:
        if name != Reference.name:
            return [target_of(name, frozenset(config.getoption("--nologout-allow-host")))]
        profiles = config.getoption("--nologout-profile") or DEFAULT_PROFILES
        return [Reference(profile, config.getoption("--nologout-client")) for profile in profiles]
    except NologoutError as error:
        raise pytest.UsageError(f"{error} ({error.hint})") from error


def excused(config: pytest.Config, profile: str) -> dict[str, str]:
    """Return what the baseline, if there is one, excuses on a profile today."""
    file = config.getoption("--nologout-baseline")
    if file is None:
        return {}
    if BASELINE not in config.stash:
        try:
            config.stash[BASELINE] = read_baseline(Path(file))
        except NologoutError as error:
            raise pytest.UsageError(f"{error} ({error.hint})") from error
    return config.stash[BASELINE].excused(profile, utc_today())


def _items(scenario: Scenario, parent: pytest.Module) -> Iterator[ScenarioItem]:
    for cell in _cells(scenario, parent.config):
        item: ScenarioItem = ScenarioItem.from_parent(parent, name=cell_name(cell), callobj=judged, cell=cell)
        yield item


def _cells(scenario: Scenario, config: pytest.Config) -> Iterator[Cell]:
    engine = engine_named((config.getoption("--browser") or [CHROMIUM.name])[0])
    only = config.getoption("--nologout-variant")
    for target in targets(config):
        may_fail = excused(config, target.profile)
        for variant in scenario.variants:
            if only in {None, variant}:
                yield Cell(scenario, variant, target, engine, may_fail)
