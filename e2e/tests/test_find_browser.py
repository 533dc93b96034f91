"""Which browser is taken: the configured one, else Playwright's own, else the system's; and how one is installed."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Error as PlaywrightError

from nologout.errors import NoBrowser, UsageError
from nologout.stage.browser import install
from nologout.stage.browser.drive import check_driven
from nologout.stage.browser.engine import CHROMIUM, ENGINES, FIREFOX, Engine, engine_named
from nologout.stage.browser.find import FoundBrowser, find_browser, launch_options

APT = ("apt-get", "install", "--yes", "--no-install-recommends")


@pytest.fixture(autouse=True)
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a machine whose only folder of programs is empty, and on which nothing is configured."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    for engine in ENGINES.values():
        monkeypatch.delenv(engine.variable, raising=False)
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
    engine = replace(CHROMIUM, mac=(str(place),))
    assert find_browser("/absent", engine) == FoundBrowser(place, "the system's", engine)


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


@pytest.mark.parametrize("name", ["firefox-esr", "firefox"])
def test_firefox_is_found_by_its_own_names(bare_machine: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Neither a Chromium nor what is configured as one is taken for it."""
    program(bare_machine / "chromium")
    monkeypatch.setenv("NOLOGOUT_BROWSER", "chromium")
    assert find_browser("/absent", FIREFOX) is None
    there = program(bare_machine / name)
    assert find_browser("/absent", FIREFOX) == FoundBrowser(there, "the system's", FIREFOX)
    mine = program(bare_machine / "my-firefox")
    monkeypatch.setenv("NOLOGOUT_FIREFOX", "my-firefox")
    assert find_browser("/absent", FIREFOX) == FoundBrowser(mine, "configured", FIREFOX)


@pytest.mark.parametrize("whose", ["configured", "the system's", "Playwright's own"])
def test_firefox_sends_this_machines_requests_through_the_proxy(whose: str) -> None:
    """One that Playwright has not built is driven over BiDi; both would pass the faults by without the preference."""
    options = launch_options(FoundBrowser(Path("/x"), whose, FIREFOX))
    assert options.pop("firefox_user_prefs") == {"network.proxy.allow_hijacking_localhost": True}
    own = whose == "Playwright's own"
    assert options == ({} if own else {"executable_path": "/x", "channel": "moz-firefox"})


def test_browser_of_an_unknown_engine_is_wrong_use() -> None:
    """The hint names those that there are."""
    with pytest.raises(UsageError, match="'webkit'") as caught:
        engine_named("webkit")
    assert caught.value.hint == "known: chromium, firefox"


@pytest.mark.parametrize(
    ("engine", "manager", "commands", "extra"),
    [
        (CHROMIUM, "apt-get", ["apt-get update", f"{' '.join(APT)} chromium"], (*APT, "chromium-headless-shell")),
        (FIREFOX, "apt-get", ["apt-get update", f"{' '.join(APT)} firefox-esr"], ()),
        (FIREFOX, "dnf", ["dnf install --assumeyes firefox"], ()),
        (CHROMIUM, "brew", ["brew install --cask chromium"], ()),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_package_has_the_name_that_its_manager_knows(
    bare_machine: Path, engine: Engine, manager: str, commands: list[str], extra: tuple[str, ...]
) -> None:
    """The commands are those that one would type."""
    assert install.system_package(engine) is None
    program(bare_machine / manager)
    way = install.system_package(engine)
    assert way is not None
    assert (str(way), way.extra) == (" && ".join(commands), extra)
    assert way.needs_root == (manager != "brew")


def test_download_is_of_the_engine_that_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Switched off, it is no way at all."""
    monkeypatch.delenv("NOLOGOUT_NO_DOWNLOAD", raising=False)
    assert str(install.download(FIREFOX)).endswith("playwright install --with-deps firefox")
    monkeypatch.setenv("NOLOGOUT_NO_DOWNLOAD", "1")
    assert install.download(FIREFOX) is None


class FakeBrowser:
    """Starts, and does not know what Playwright asks of it."""

    version = "153.7.0"

    def new_page(self) -> None:
        """Refuse, in two lines."""
        raise PlaywrightError("Protocol error: unknown command\nMessage: emulation.setSomething")


def test_browser_that_starts_and_cannot_be_driven_is_named_with_its_playwright() -> None:
    """Which of the two must be another one is for the user to choose."""
    with pytest.raises(
        NoBrowser, match=r"Playwright \S+ does not drive Firefox 153\.7\.0: .*unknown command$"
    ) as caught:
        check_driven(FakeBrowser(), FIREFOX)  # type: ignore[arg-type] # it stands for a browser
    assert "NOLOGOUT_FIREFOX" in caught.value.hint
