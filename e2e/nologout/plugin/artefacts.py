"""Cleans what pytest-playwright keeps of a test: its traces hold bearer tokens and what was typed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nologout.redact import scrub

if TYPE_CHECKING:
    import pytest


def scrub_artefacts(report: pytest.TestReport, config: pytest.Config) -> None:
    """Rewrite the folders of the traces and screenshots that a report names."""
    kept = [str(path) for name, path in report.user_properties if name.startswith("playwright_")]
    for folder in {(config.invocation_params.dir / path).parent for path in kept}:
        scrub(Path(folder))


def scrub_leftovers(config: pytest.Config) -> None:
    """Rewrite what an interrupted run left in Playwright's output folder: no report names it."""
    folder = Path(config.getoption("--output"))
    if any(config.getoption(option) != "off" for option in ("--tracing", "--screenshot")) and folder.is_dir():
        scrub(folder)
