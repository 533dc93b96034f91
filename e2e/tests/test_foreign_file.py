"""An app of which only its file is known is judged as the same app that the harness knows; what is amiss is named."""

import json
import os
import re
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from nologout import rehearsal, scenarios
from nologout.model.history import History
from nologout.model.result import Result
from nologout.plugin.fixtures import ServerPool
from nologout.runner import Cell
from nologout.stage.stage import Stage
from nologout.steps import Scenario, Step
from nologout.targets import Reference, sample
from nologout.targets.foreign import ForeignTarget
from nologout.targets.target import Target
from tests.commands import Command
from tests.moody_app import PASSWORD, USER, moody_app, written

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.browser
Play = Callable[[Cell], Result]
RESTARTED = "the app's server was stopped or restarted in the middle of the run, or answers no more"
XHR = """\
base_url = "{origin}"
poke = "#again"
refresh_url = "/session/renew"
api = "/v1/"
[credentials]
username = "MOODY_USER"
password = "MOODY_PASSWORD"
[expire]
how = "{how}"
access_lifetime_s = 600
[sign_in]
username = "#user"
password = "#pass"
submit = "#enter"
url = "/session/open"
[sign_out]
click = "#leave"
url = "/session/close"
[marks]
signed_in = "#desk"
signed_out = "#door"
words = "#note"
[tokens]
refresh_cookie = "renewal"
access_cookie = "entry"
"""
OURS = """\
base_url = "{origin}"
poke = "#refresh-list"
[credentials]
username = "MOODY_USER"
password = "MOODY_PASSWORD"
[expire]
how = "header"
[sign_out]
click = "#sign-out"
url = "/api/token/blacklist/"
"""


@pytest.fixture(autouse=True)
def _account(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the account where the file says."""
    monkeypatch.setenv("MOODY_USER", USER)
    monkeypatch.setenv("MOODY_PASSWORD", PASSWORD)


def described(folder: Path, text: str, known: Target, pool: ServerPool, **how: str) -> ForeignTarget:
    """Start an app that the harness knows, and return it as the one that a file describes."""
    base_url = pool.running(known).base_url
    user = known.new_user(base_url)
    os.environ["MOODY_USER"], os.environ["MOODY_PASSWORD"] = user.username, user.password
    path = folder / "app.toml"
    path.write_text(text.format(origin=base_url, **how), "utf-8")
    return ForeignTarget(str(path))


def cell(target: Target, name: str, variant: str = "") -> Cell:
    """Return one variant of a scenario against a target."""
    return Cell(scenarios.load(name), variant, target)


@pytest.mark.parametrize("name", ["lost_response", "late_401", "sign_out_reaches_every_tab", "password_changed"])
@pytest.mark.parametrize("how", ["clock", "header"])
def test_app_with_cookies_is_judged_as_it_is_known(
    tmp_path: Path, play_cell: Play, server_pool: ServerPool, name: str, how: str
) -> None:
    """By clock and by spoiled token: what it fails, passes and cannot be asked is what its truth says."""
    known = sample("cookie_xhr")
    result = play_cell(cell(described(tmp_path, XHR, known, server_pool, how=how), name))
    lacks = "accounts" if name == "password_changed" else ""
    expected = "skipped" if lacks else "fail" if cell(known, name).expected else "pass"
    assert (result.verdict, lacks in result.why) == (expected, True)


@pytest.mark.parametrize(
    ("profile", "name", "variant"),
    [
        ("family", "lost_response", ""),
        ("stock", "lost_response", ""),
        ("stock", "two_tabs_expire_together", "loser_first"),
        ("family", "sign_out_reaches_every_tab", ""),
    ],
)
def test_reference_is_judged_as_it_is_known(  # noqa: PLR0913, PLR0917 - a cell and what plays it
    tmp_path: Path, play_cell: Play, server_pool: ServerPool, profile: str, name: str, variant: str
) -> None:
    """With the defaults for the form, the marks, the addresses and the tokens."""
    known = Reference(profile)
    result = play_cell(cell(described(tmp_path, OURS, known, server_pool), name, variant))
    assert result.verdict == ("fail" if cell(known, name, variant).expected else "pass"), result.why


def test_long_absence_is_told_as_client_side_only(tmp_path: Path, play_cell: Play, server_pool: ServerPool) -> None:
    """The server's clock stood still, and the result says so."""
    target = described(tmp_path, XHR, sample("cookie_xhr"), server_pool, how="clock")
    result = play_cell(cell(target, "idle_two_hours"))
    assert (result.verdict, result.why) == ("pass", "client side only: nobody was logged out")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait shortly for pages that will not come."""
    monkeypatch.setattr(rehearsal, "_OPEN_MS", 2000)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("mood", "said"),
    [
        ("slow", "the app: / did not load within 2 s"),
        ("refuses", "the app refuses the account (401 at /auth/in)"),
        ("throttles", "the app takes no more sign-ins for now (429 at /auth/in; it asks to wait 30 s)"),
        ("html", "the app answered the sign-in (POST /auth/in) with 200 and a page (text/html), and / never showed"),
        ("no_token", "no access token was seen: neither a Bearer header nor what [tokens] names"),
        ("open", "GET /api/items is served to anybody: choose"),
        ("html_api", "GET /api/items is served to anybody, with a page (text/html): choose"),
    ],
)
def test_what_is_amiss_is_told_once_and_nothing_more_is_played(
    tmp_path: Path, play_cell: Play, mood: str, said: str
) -> None:
    """The verdict is unknown; the next scenario gets the same reason at once, and nobody signs in again."""
    with moody_app(mood) as app:
        target = ForeignTarget(written(tmp_path, app.origin))
        first = play_cell(cell(target, "reload_with_expired_access"))
        tried = app.tried
        second = play_cell(cell(target, "lost_response"))
    assert (first.verdict, second.verdict) == ("unknown", "unknown")
    assert said in first.why
    assert second.why == first.why
    assert (app.tried, tried <= 1) == (tried, True)


@pytest.mark.parametrize(
    ("mood", "said"),
    [
        ("html_refresh", "the app answers POST /auth/refresh with a page (200, text/html), not with tokens"),
        ("slow", "no witness saw an effect of: race; the app is slow (an answer took 3."),
    ],
)
def test_app_that_shows_itself_later_is_unknown_and_says_why(
    tmp_path: Path, play_cell: Play, mood: str, said: str
) -> None:
    """It signs in and serves as its file says; that it renews nothing, or is slow, a scenario alone can meet."""
    with moody_app(mood) as app:
        target = ForeignTarget(written(tmp_path, app.origin))
        result = play_cell(cell(target, "two_tabs_expire_together", "winner_first"))
    assert result.verdict == "unknown"
    assert said in result.why


def test_app_that_is_as_its_file_says_is_judged(tmp_path: Path, play_cell: Play) -> None:
    """The same app in a good mood keeps who reloads, and loses who loses a reply."""
    with moody_app() as app:
        target = ForeignTarget(written(tmp_path, app.origin))
        assert play_cell(cell(target, "reload_with_expired_access")).verdict == "pass"
        lost = play_cell(cell(target, "lost_response"))
    assert (lost.verdict, lost.cause) == ("fail", "no_grace_for_lost_reply")


class Restart(Step, frozen=True, tag="restart"):
    """Something becomes of the app (in tests alone)."""

    act: Any

    def perform(self, stage: Stage) -> None:
        """Let it."""
        del stage
        self.act()


def test_app_that_restarts_in_between_makes_the_verdict_unknown(tmp_path: Path, play_cell: Play) -> None:
    """Whom a deploy signs out was not signed out by a fault; nothing more is played against what came in its place."""
    with ExitStack() as stack, moody_app() as app:

        def restart() -> None:
            app.shutdown()
            app.server_close()
            stack.enter_context(moody_app(port=app.server_address[1]))

        target = ForeignTarget(written(tmp_path, app.origin))
        whole = scenarios.load("reload_with_expired_access")
        steps = list(whole.variants[""])
        steps.insert(2, Restart(restart))
        result = play_cell(Cell(Scenario(whole.info, {"": tuple(steps)}), "", target))
        later = play_cell(cell(target, "lost_response"))
    assert (result.verdict, result.why) == ("unknown", RESTARTED)
    assert (later.verdict, later.why) == ("unknown", RESTARTED)


def test_token_that_lives_for_seconds_is_waited_for(
    tmp_path: Path, play_cell: Play, started: Callable[..., ForeignTarget]
) -> None:
    """The app is started with a short lifetime; its own server refuses what is too old."""
    target = started(tmp_path, MOODY_LIFETIME="3")
    kept = play_cell(cell(target, "reload_with_expired_access"))
    assert kept.verdict == "pass", kept.why
    assert not any(e.spoiled for e in History(kept.history).exchanges)
    assert [e.status for e in History(kept.history).exchanges if e.role == "api" and e.status == 401]
    # As in a sleep: its date goes on, and its timers do not.
    slept = [e.effect for e in History(kept.history).effects if e.fault == "slept"]
    spans = [[int(number) for number in re.findall(r"by (\d+) s", effect)] for effect in slept]
    assert len(spans) == 2
    assert all(date >= 4 and date - timers >= 3 for date, timers in spans), slept


@pytest.fixture
def started() -> Callable[..., ForeignTarget]:
    """Return a function that describes the app as one that its file starts, with variables in its environment."""

    def describe(folder: Path, **environment: str) -> ForeignTarget:
        with moody_app() as app:
            origin, port = app.origin, app.server_address[1]
        path = Path(written(folder, origin))
        command = [sys.executable, "-m", "tests.moody_app", str(port)]
        variables = "".join(f"{name} = {value!r}\n" for name, value in environment.items())
        server = f"[server]\ncommand = {command}\n[server.environment]\nPYTHONPATH = {str(ROOT)!r}\n{variables}"
        waiting = path.read_text("utf-8").replace('how = "header"', 'how = "server"\naccess_lifetime_s = 3')
        path.write_text(waiting + server, "utf-8")
        return ForeignTarget(str(path))

    return describe


def test_app_that_is_down_ends_the_command_with_3(tmp_path: Path) -> None:
    """Every scenario is unknown, for the same reason, and the report is written."""
    with moody_app() as app:
        origin = app.origin
    path = written(tmp_path, origin)
    arguments = ("--target", path, "--only", "l*_4*", "--only", "lost_response", "-n", "1")
    code, output, errors = Command(tmp_path).run("prove", *arguments, MOODY_USER=USER, MOODY_PASSWORD=PASSWORD)
    assert code == 3, errors
    assert f"nothing answers at {origin} (Connection refused)" in output
    report = json.loads((tmp_path / "nologout-report" / "report.json").read_bytes())
    assert {result["verdict"] for result in report["results"]} == {"unknown"}
    assert "clients that trust `exp` behave differently" in report["clock"]
    assert report["origins"] == [origin]
    assert report["began"].endswith("Z")
    assert PASSWORD not in output + json.dumps(report)
