"""The command plays scenarios in a real browser, says what comes of them, and leaves nothing running."""

from __future__ import annotations

import json
import signal
from typing import TYPE_CHECKING

import pytest

from tests.commands import Command, descendants
from tests.processes import ended

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.browser


def test_dropped_token_on_stock_fails_and_is_named(tmp_path: Path) -> None:
    """A known-broken client gives exit code 1, its cause, the side, the remedy and the command to repeat it."""
    arguments = ("--client", "drops_rotated_token", "--profile", "stock", "--only", "reload*")
    code, output, errors = Command(tmp_path).run("prove", *arguments)
    assert code == 1, errors
    told = " ".join(output.split())
    assert "cause dropped_rotated_token" in told
    assert "change front end" in told
    assert "remedy store the refresh token" in told
    assert "repeat nologout replay reload_with_expired_access --client drops_rotated_token --profile stock" in told


def test_lost_response_on_stock_is_a_known_failure(tmp_path: Path) -> None:
    """Our own client fails it there as expected: exit code 0, and the reason is said."""
    code, output, errors = Command(tmp_path).run("prove", "--profile", "stock", "--only", "lost_response", "-n", "1")
    assert code == 0, errors
    assert "expected: lost_response[stock]: needs a server grace window" in output
    assert "\x1b[" not in output
    report = json.loads((tmp_path / "nologout-report" / "report.json").read_bytes())
    assert [(r["verdict"], r["expected"]) for r in report["results"]] == [("fail", "needs a server grace window")]
    assert {path.name for path in (tmp_path / "nologout-report").iterdir()} == {
        "junit.xml",
        "report.json",
        "timeline.html",
    }


def test_baseline_excuses_what_it_names_and_no_surprise(tmp_path: Path) -> None:
    """A failure that it names is known; a cell that it names and that passes fails the build."""
    entry = '[[fails]]\ncell = "{}"\nreason = "the front end mends it in May"\n'
    (tmp_path / "known.toml").write_text(entry.format("reload_with_expired_access") + entry.format("late_401"))
    played = ("--client", "drops_rotated_token", "--profile", "stock", "--only", "reload_w*", "--only", "late_401")
    code, output, errors = Command(tmp_path).run("prove", *played, "--baseline", "known.toml", "-n", "1")
    assert code == 1, errors
    assert "expected: reload_with_expired_access[stock]: the front end mends it in May" in output
    assert "late_401[stock] passes, and was known to fail: the front end mends it in May" in output


def test_written_script_replays(tmp_path: Path) -> None:
    """What `replay --write` prints can be played from its file, in the folder of the user."""
    code, script, errors = Command(tmp_path).run("replay", "reload_with_expired_access", "--write")
    assert code == 0, errors
    (tmp_path / "mine.json").write_text(script)
    code, output, errors = Command(tmp_path).run("replay", "mine.json")
    assert code == 0, errors
    assert "1 of 1 pass" in output


def test_configured_browser_that_is_missing_is_named(tmp_path: Path) -> None:
    """A wrong NOLOGOUT_BROWSER is no reason to take another browser silently."""
    code, _, errors = Command(tmp_path).run("prove", "--only", "lost_response", NOLOGOUT_BROWSER="/nowhere/chromium")
    assert code == 2
    assert "/nowhere/chromium" in errors
    assert "hint: set NOLOGOUT_BROWSER" in errors


@pytest.mark.parametrize("processes", ["1", "2"])
def test_interrupt_ends_everything(tmp_path: Path, processes: str) -> None:
    """Ctrl-C gives exit code 130, and browser, server and workers are gone."""
    process = Command(tmp_path).start("prove", "--only", "l*", "-n", processes)
    assert process.stdout is not None
    first = process.stdout.readline()  # something has been played, so everything is up
    assert first.startswith("[ 1/")
    children = descendants(process.pid)
    assert len(children) > 3
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert ended(*children)


def test_demo_serves_until_it_is_interrupted(tmp_path: Path) -> None:
    """The demo prints where and as whom to sign in, and ends cleanly."""
    process = Command(tmp_path).start("demo", "--profile", "stock")
    assert process.stdout is not None
    lines = [process.stdout.readline().strip() for _ in range(3)]
    assert [line.partition(":")[0] for line in lines] == ["address", "username", "password"]
    assert lines[0].startswith("address: http://127.0.0.1:")
    children = descendants(process.pid)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert ended(*children)
