"""A run that keeps everything (traces, screenshots, reports) keeps no secret."""

import contextlib
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import nologout
from nologout.redact.search import find_secrets

pytestmark = pytest.mark.browser
PACKAGE = Path(nologout.__file__).parent


class Kept:
    """What a run kept, the secrets that it met, and what it said."""

    def __init__(self, folder: Path, code: int, said: str) -> None:
        self.artefacts = folder / "artefacts"
        self.code = code
        self.said = said
        self.secrets = sorted(filter(None, set((folder / "notes").read_text("utf-8").splitlines())))


def start(folder: Path, *choice: str) -> subprocess.Popen[str]:
    """Begin to play cells in a process of their own, with everything that can be kept."""
    artefacts = folder / "artefacts"
    kept = ("--tracing", "on", "--screenshot", "on", "--output", f"{artefacts / 'playwright'}")
    told = ("--nologout-report", f"{artefacts / 'report'}", "--junitxml", f"{artefacts / 'junit.xml'}")
    config = ("-c", f"{PACKAGE / 'plugin' / 'prove.ini'}", "--rootdir", f"{PACKAGE}", "-p", "tests.secret_spy")
    environment = {**os.environ, "NOLOGOUT_SPY": f"{folder / 'notes'}", "PYTHONPATH": f"{PACKAGE.parent}"}
    return subprocess.Popen(
        [sys.executable, "-m", "pytest", *config, *kept, *told, f"{PACKAGE / 'scenarios'}", *choice],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={name: value for name, value in environment.items() if not name.startswith("PYTEST_")},
        cwd=folder,
    )


def ended(folder: Path, process: subprocess.Popen[str]) -> Kept:
    """Wait for the end; what was said on the terminal is kept too."""
    said, _ = process.communicate()
    (folder / "artefacts" / "terminal.txt").write_text(said)
    return Kept(folder, process.returncode, said)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Give a run of a client that fails, so that a failure is told too."""
    folder = tmp_path_factory.mktemp("kept")
    broken = ("--nologout-profile=family", "--nologout-client=ignores_sign_out_in_another_tab")
    return ended(folder, start(folder, "-k", "sign_out_reaches", *broken))


def test_run_kept_what_there_is_to_search(kept: Kept) -> None:
    """The search below looks at a trace, a screenshot, report and ticket, and knows passwords and tokens."""
    names = {path.name for path in kept.artefacts.rglob("*")}
    assert kept.code == 1, kept.said
    assert {"trace.zip", "report.json", "junit.xml", "terminal.txt"} <= names
    assert any(name.endswith(".png") for name in names)
    assert "sign_out_reaches_every_tab[family].md" in names
    assert any(secret.startswith("eyJ") for secret in kept.secrets)
    assert any(len(secret) == 16 for secret in kept.secrets)


def test_run_leaves_no_secret(kept: Kept) -> None:
    """No password, no token and no piece of 16 characters of one is found in any form."""
    assert find_secrets(kept.artefacts, kept.secrets) == []


def test_trace_can_still_be_read(kept: Kept) -> None:
    """It is an archive whose events are lines of JSON, and it holds the page that was typed into."""
    (trace,) = kept.artefacts.rglob("trace.zip")
    with zipfile.ZipFile(trace) as archive:
        assert archive.testzip() is None
        events = archive.read(next(name for name in archive.namelist() if name.endswith("trace.trace")))
    assert all(line.startswith(b"{") and line.endswith(b"}") for line in events.splitlines())
    assert b'"fill"' in events


def test_interrupted_run_leaves_no_secret(tmp_path: Path) -> None:
    """What Playwright keeps of a cell that Ctrl-C cut short is cleaned too."""
    process = start(tmp_path, "-q", "-k", "active_for_two_weeks", "--nologout-profile=stock")
    notes = tmp_path / "notes"
    assert process.stdout is not None
    while not (notes.exists() and "eyJ" in notes.read_text("utf-8")):  # signed in: a trace has what to hide
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.1)
        assert process.returncode is None, process.stdout.read()
    process.send_signal(signal.SIGINT)
    kept = ended(tmp_path, process)
    assert kept.code == pytest.ExitCode.INTERRUPTED, kept.said
    assert list(kept.artefacts.rglob("trace.zip"))
    assert find_secrets(kept.artefacts, kept.secrets) == []
