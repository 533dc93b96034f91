"""Runs pytest on the scenarios, quietly, and lets a reporter hear what comes of them."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nologout import scenarios
from nologout.errors import HarnessError, UsageError
from nologout.stage.browser.engine import CHROMIUM

if TYPE_CHECKING:
    from nologout.model.result import Run
    from nologout.report.terminal import TerminalReporter

_INI = resources.files("nologout.plugin").joinpath("prove.ini")
_SCENARIOS = Path(scenarios.__file__).parent


@dataclass(frozen=True)
class Request:
    """What is to be played; `files` are scenarios' names or replay files."""

    files: tuple[str, ...]
    profiles: tuple[str, ...] = ()
    client: str = "reference"
    target: str = "reference"
    allowed: tuple[str, ...] = ()
    browser: str = CHROMIUM.name
    variant: str | None = None
    report: Path | None = None
    headed: bool = False
    processes: int = 1
    baseline: Path | None = None
    shard: str | None = None
    extra: tuple[str, ...] = field(default=())

    def arguments(self) -> list[str]:
        """Return pytest's command line."""
        chosen = [name if name.endswith(".json") else str(_SCENARIOS / f"{name}.py") for name in self.files]
        options = ["-c", str(_INI), "--rootdir", str(_SCENARIOS.parent.parent), "-p", "no:terminal"]
        options += ["--nologout-client", self.client, "--nologout-target", self.target, "--browser", self.browser]
        options += [word for host in self.allowed for word in ("--nologout-allow-host", host)]
        options += [word for profile in self.profiles for word in ("--nologout-profile", profile)]
        options += ["--nologout-variant", self.variant] if self.variant is not None else []
        options += ["--nologout-baseline", str(self.baseline)] if self.baseline is not None else []
        options += ["--nologout-shard", self.shard] if self.shard is not None else []
        options += ["--headed"] if self.headed else []
        options += ["-n", str(self.processes), "--maxschedchunk", "1"] if self.processes > 1 else []
        if self.report:
            options += ["--nologout-report", str(self.report), "--junitxml", str(self.report / "junit.xml")]
        return [*chosen, *options, *self.extra]


class _Attach:
    """A pytest plugin that makes the reporter a listener, and keeps what went wrong outside of any item."""

    def __init__(self, reporter: TerminalReporter) -> None:
        self._reporter = reporter
        self.wrong = ""

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Have the reporter hear the run."""
        session.config.pluginmanager.getplugin("nologout-results").listeners.append(self._reporter)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep a collection's error."""
        if report.failed:
            self.wrong = str(report.longrepr)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the error of a cell that could not even be begun, such as a browser that does not start."""
        if report.failed and not hasattr(report, "nologout"):
            self.wrong = self.wrong or str(report.longrepr)

    def pytest_internalerror(self, excrepr: object) -> None:
        """Keep an internal error."""
        self.wrong = str(excrepr)


def run(request: Request, reporter: TerminalReporter) -> Run:
    """Play what is asked for; return what came of it.

    Raises:
        UsageError: pytest could not start with what was asked for.
        HarnessError: pytest itself failed.
        KeyboardInterrupt: The user stopped the run; the results so far have been reported.
    """
    attach = _Attach(reporter)
    os.environ.pop("PYTEST_ADDOPTS", None)
    code = pytest.main(request.arguments(), plugins=[attach])
    if code == pytest.ExitCode.INTERRUPTED:
        raise KeyboardInterrupt
    if reporter.run is None or (attach.wrong and not reporter.run.results):
        raise _failure(code, attach.wrong)
    return reporter.run


def _failure(code: int | pytest.ExitCode, wrong: str) -> UsageError | HarnessError:
    raised = [line[1:].strip() for line in wrong.splitlines() if line.startswith("E  ")]
    reason = next(iter(raised), "") or next(iter(reversed(wrong.strip().splitlines())), "")
    if code == pytest.ExitCode.USAGE_ERROR:
        return UsageError(f"pytest could not start: {reason}", hint="`nologout list` prints what there is to play")
    return HarnessError(f"nothing could be played: {reason}", hint="`nologout setup` shows whether the browser starts")
