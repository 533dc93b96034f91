"""Which browser is taken: the configured one, else Playwright's own, else the system's."""

import os
from pathlib import Path

import pytest

from nologout.errors import UsageError
from nologout.stage.browser import find
from nologout.stage.browser.find import FoundBrowser, find_browser, launch_options


@pytest.fixture(autouse=True)
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a machine whose only folder of programs is empty, and on which nothing is configured."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("NOLOGOUT_BROWSER", raising=False)
    monkeypatch.setattr(find, "_MAC", (str(tmp_path / "Applications" / "Chromium"),))
    return folder


def program(path: Path) -> Path:
    """Make a file that can be run."""
    path.parent.mkdir(exist_ok=True)
    path.touch(0o755)
    return path


def test_configured_browser_comes_first(tmp_path: Path, bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the user says outweighs what there is."""
    mine, own = program(tmp_path / "mine" / "browser"), program(tmp_path / "own" / "chrome")
    program(bare_machine / "chromium")
    monkeypatch.setenv("NOLOGOUT_BROWSER", str(mine))
    assert find_browser(str(own)) == FoundBrowser(mine, "configured")


def test_configured_browser_may_be_a_program_on_the_path(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bare name is looked for as a shell would."""
    there = program(bare_machine / "my-chromium")
    monkeypatch.setenv("NOLOGOUT_BROWSER", "my-chromium")
    assert find_browser("/absent") == FoundBrowser(there, "configured")


def test_configured_browser_that_cannot_be_run_is_wrong_use(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another one is not taken in silence: the error says what is wrong, and the hint what to do."""
    program(bare_machine / "chromium")
    monkeypatch.setenv("NOLOGOUT_BROWSER", "/absent/browser")
    with pytest.raises(UsageError, match="NOLOGOUT_BROWSER names '/absent/browser'") as caught:
        find_browser("/absent")
    assert "unset it" in caught.value.hint


def test_playwrights_own_comes_before_the_systems(tmp_path: Path, bare_machine: Path) -> None:
    """What Playwright was built for is better than what happens to be there."""
    program(bare_machine / "chromium")
    own = program(tmp_path / "own" / "chrome")
    assert find_browser(str(own)) == FoundBrowser(own, "Playwright's own")


@pytest.mark.parametrize("name", ["chromium", "google-chrome", "microsoft-edge"])
def test_system_browser_is_found_by_its_name(bare_machine: Path, name: str) -> None:
    """The system's Chromium, Chrome or Edge will do."""
    assert find_browser("/absent") is None
    there = program(bare_machine / name)
    assert find_browser("/absent") == FoundBrowser(there, "the system's")


def test_headless_shell_comes_before_the_whole_browser(bare_machine: Path) -> None:
    """It does a third of the work; but who wants to watch needs the whole one."""
    whole = program(bare_machine / "chromium")
    shell = program(bare_machine / "chromium-headless-shell")
    assert find_browser("/absent") == FoundBrowser(shell, "the system's")
    assert find_browser("/absent", headed=True) == FoundBrowser(whole, "the system's")
    whole.unlink()
    assert find_browser("/absent", headed=True) is None


def test_browser_of_a_mac_is_found_where_macs_keep_it(tmp_path: Path) -> None:
    """Such an application is not on the path of programs."""
    place = program(tmp_path / "Applications" / "Chromium")
    assert find_browser("/absent") == FoundBrowser(place, "the system's")


def test_machine_without_a_browser_has_none() -> None:
    """Saying so is left to whoever asked."""
    assert find_browser("/absent") is None


@pytest.mark.parametrize(("user", "arguments"), [(0, ["--no-sandbox"]), (1000, [])])
def test_sandbox_is_given_up_for_root_alone(user: int, arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Chromium refuses to run as root in its sandbox."""
    monkeypatch.setattr(os, "geteuid", lambda: user)
    assert launch_options(FoundBrowser(Path("/x"), "the system's")) == {"executable_path": "/x", "args": arguments}


def test_playwrights_own_needs_no_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Playwright knows where its own is, and may choose its headless shell."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert launch_options(FoundBrowser(Path("/x"), "Playwright's own")) == {"args": []}
