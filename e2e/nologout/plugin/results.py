"""Collects the results of all processes in the one that started them, and tells the listeners."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

import nologout
from nologout.model.result import Result, Run
from nologout.plugin.collect import targets
from nologout.report import write_report
from nologout.stage.clock.clocks import BACKEND

if TYPE_CHECKING:
    from nologout.model.listener import Listener

RESULT: pytest.StashKey[str] = pytest.StashKey()


class ResultCollector:
    """Hears every report; at the end it writes the report folder, if one was asked for."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._began = time.monotonic()
        self._began_at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        self._results: list[Result] = []
        self._interrupted = False
        self.listeners: list[Listener] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Tell how many cells there are (with several processes each of them collects: see below)."""
        self._planned(len(session.items))

    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """Tell how many cells there are, when other processes play them."""
        self._planned(len(ids))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take a result that came with a report."""
        encoded = getattr(report, "nologout", None)
        if encoded is not None:
            result = msgspec.json.decode(encoded, type=Result)
            self._results.append(result)
            for listener in self.listeners:
                listener.finished(result)

    def pytest_keyboard_interrupt(self) -> None:
        """Remember that the run was stopped: what it has so far is no report."""
        self._interrupted = True

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        """Write the report of a run that came to its end, and tell the listeners that it is over."""
        run = self._run()
        folder = self._config.getoption("--nologout-report")
        if folder and run.results and not self._interrupted:
            write_report(run, Path(folder))
        for listener in self.listeners:
            listener.ended(run)

    def _planned(self, total: int) -> None:
        if total:
            for listener in self.listeners:
                listener.planned(total)

    def _run(self) -> Run:
        target = targets(self._config)[0]
        return Run(
            nologout=nologout.__version__,
            target=self._config.getoption("--nologout-target"),
            browser=(self._config.getoption("--browser") or ["chromium"])[0],
            world="fast",
            clock=target.time_words or BACKEND,
            wall_s=round(time.monotonic() - self._began, 1),
            shard=self._config.getoption("--nologout-shard") or "",
            origins=target.reach.origins,
            began=self._began_at,
            results=tuple(sorted(self._results, key=lambda r: (r.group, r.scenario, r.profile, r.variant))),
        )
