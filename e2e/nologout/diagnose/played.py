"""What a run of `nologout prove` tells of the guide's production checklist: which scenarios passed, which failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from nologout import scenarios
from nologout.errors import UsageError
from nologout.model.result import SCHEMA_VERSION, Result, Run
from nologout.stage.network.route import origin_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from nologout.model.scenario_info import ScenarioInfo

Item = Literal[1, 2, 3, 4]
# Which scenarios show an item of the checklist: by the guide's cause, and by what they are about.
ABOUT: dict[Item, Callable[[ScenarioInfo], bool]] = {
    1: lambda info: info.guide_cause == 1,
    2: lambda info: info.guide_cause == 3,
    3: lambda info: info.guide_cause == 2 or info.group == "tabs",
    4: lambda info: info.guide_cause == 4,
}
_FEW = 6


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What a run shows of one item: names of scenarios, each in one list by its worst cell.

    `failed` are scenarios with their causes, `unplayed` those of which the run has no cell.
    """

    passed: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    unplayed: tuple[str, ...] = ()

    @property
    def mark(self) -> Literal["done", "not done", "cannot tell"]:
        """Return what follows: one failure is enough, and what was not told is not done."""
        if self.failed:
            return "not done"
        return "done" if self.passed and not self.unknown and not self.unplayed else "cannot tell"

    def __str__(self) -> str:
        lists = (("failed", self.failed), ("passed", self.passed), ("unknown", self.unknown))
        further = (("skipped", self.skipped), ("not played", self.unplayed))
        return "; ".join(f"{word}: {_few(names)}" for word, names in (*lists, *further) if names)


class Played(msgspec.Struct, frozen=True):
    """A run, by the items that it tells of; `source` names target and day for people."""

    source: str
    items: dict[Item, Shown]

    def told(self, number: int) -> tuple[Literal["done", "not done", "cannot tell"], str] | None:
        """Return mark and evidence for an item, or None where no run tells of it."""
        shown = next((each for item, each in self.items.items() if item == number), None)
        return None if shown is None else (shown.mark, f"{self.source}: {shown}")


def read_played(path: Path, addresses: Iterable[str]) -> Played:
    """Return what a `report.json` tells of the app at these addresses.

    Raises:
        UsageError: It cannot be read, is no report, or is one of another app.
    """
    try:
        run = msgspec.json.decode(path.read_bytes(), type=Run)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except msgspec.DecodeError as error:
        hint = "`nologout prove` writes it: nologout-report/report.json"
        raise UsageError(f"{path} is no report of `nologout prove`: {error}", hint=hint) from error
    if run.schema != SCHEMA_VERSION:
        raise UsageError(f"{path} has schema {run.schema}, and this nologout reads {SCHEMA_VERSION}")
    _check_target(run, path, {origin_of(each) for each in addresses})
    return played(run)


def played(run: Run) -> Played:
    """Return what a run shows, item by item."""
    cells: dict[str, list[Result]] = {}
    for result in run.results:
        cells.setdefault(result.scenario, []).append(result)
    infos = [scenarios.load(name).info for name in scenarios.names()]
    items = {item: _shown([info.id for info in infos if is_about(info)], cells) for item, is_about in ABOUT.items()}
    day = f", {run.began}" if run.began else ""
    shard = f", shard {run.shard}" if run.shard else ""
    return Played(f"report of {run.target}{day}{shard}", items)


def _shown(names: list[str], cells: dict[str, list[Result]]) -> Shown:
    lists: dict[str, list[str]] = {"pass": [], "fail": [], "unknown": [], "skipped": [], "": []}
    for name in names:
        results = cells.get(name, [])
        worst = next((word for word in ("fail", "unknown", "pass", "skipped") if word in _verdicts(results)), "")
        causes = ", ".join(sorted({each.cause for each in results if each.verdict == "fail" and each.cause}))
        lists[worst].append(f"{name} ({causes})" if causes else name)
    return Shown(
        passed=tuple(lists["pass"]),
        failed=tuple(lists["fail"]),
        unknown=tuple(lists["unknown"]),
        skipped=tuple(lists["skipped"]),
        unplayed=tuple(lists[""]),
    )


def _verdicts(results: list[Result]) -> set[str]:
    return {each.verdict for each in results}


def _check_target(run: Run, path: Path, asked: set[str]) -> None:
    """Say no to a report of an app that is not at one of the addresses.

    Raises:
        UsageError: It is not.
    """
    hint = "play this app: nologout prove --target nologout.toml"
    if not run.origins:
        raise UsageError(f"{path} does not say at which address {run.target} was", hint=hint)
    if not asked & {origin_of(each) for each in run.origins}:
        where = ", ".join(run.origins)
        raise UsageError(f"{path} is of {where}, not of {', '.join(sorted(asked))}", hint=hint)


def _few(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    return f"{', '.join(names[:_FEW])}{more}"
