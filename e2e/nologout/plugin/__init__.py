"""The pytest plugin: each scenario is collected as one named item a cell, on pytest-playwright's fixtures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nologout.plugin import browser, fixtures
from nologout.plugin.artefacts import scrub_artefacts, scrub_leftovers
from nologout.plugin.collect import SCENARIOS, ScenarioFile, ScenarioItem, ScriptFile
from nologout.plugin.results import RESULT, ResultCollector
from nologout.plugin.shards import SHARD, left_out, note_shard

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that choose what the scenarios are played against."""
    group = parser.getgroup("nologout", "nologout: sessions that must not be lost")
    group.addoption("--nologout-client", default="reference", help="the reference's client, or a known-broken one")
    group.addoption(
        "--nologout-profile", action="append", help="server profile (repeatable; default: family and stock)"
    )
    group.addoption("--nologout-target", default="reference", help="the reference, a sample app, or a file")
    group.addoption("--nologout-allow-host", action="append", default=[], help="a host that may be played against")
    group.addoption("--nologout-variant", default=None, help="play only this variant")
    group.addoption("--nologout-baseline", default=None, metavar="FILE", help="what may fail today, as TOML")
    group.addoption("--nologout-shard", default=None, metavar="I/N", help="play only this part of the cells")
    group.addoption("--nologout-report", default=None, metavar="DIR", help="write report.json and timeline.html there")


def pytest_configure(config: pytest.Config) -> None:
    """Register the fixtures late, so that they win over pytest-playwright's own, and the collector of results."""
    note_shard(config)
    config.pluginmanager.register(browser, "nologout-browser")
    config.pluginmanager.register(fixtures, "nologout-scenario")
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(ResultCollector(config), "nologout-results")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ScenarioFile | ScriptFile | None:
    """Collect a scenario's file, and a replay file that is named on the command line."""
    if file_path.suffix == ".json" and parent.session.isinitpath(file_path):
        script: ScriptFile = ScriptFile.from_parent(parent, path=file_path)
        return script
    if file_path.parent == SCENARIOS and file_path.suffix == ".py" and file_path.stem != "__init__":
        collected: ScenarioFile = ScenarioFile.from_parent(parent, path=file_path)
        return collected
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Play the scenarios of the most steps first, so that no process plays a long one alone at the end.

    A shard takes its part of that order: so each gets as many long ones as the others.
    """
    items.sort(key=lambda item: (-len(item.steps), item.nodeid) if isinstance(item, ScenarioItem) else (0, ""))
    left = left_out(config.stash[SHARD], items)
    if left:
        items[:] = [item for item in items if item not in left]
        config.hook.pytest_deselected(items=left)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Send a cell's result along with its report, and clean what pytest-playwright has just kept of it."""
    report = yield
    encoded = item.stash.get(RESULT, None)
    if encoded is not None:
        vars(report)["nologout"] = encoded
        del item.stash[RESULT]
    scrub_artefacts(report, item.config)
    return report


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Clean what an interrupt left, after the fixtures have put it there."""
    if exitstatus == pytest.ExitCode.INTERRUPTED:
        scrub_leftovers(session.config)
