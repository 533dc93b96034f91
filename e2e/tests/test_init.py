"""`nologout init` in a real browser: its file, untouched, is right about the app; what is amiss is named."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from nologout import scenarios
from nologout.diagnose.detect import Finding, Proposal, conclude, propose
from nologout.diagnose.detect.browse.explore import Explorer
from nologout.errors import TargetError
from nologout.model.result import Result
from nologout.plugin.fixtures import ServerPool
from nologout.runner import Cell
from nologout.targets import Reference, sample
from nologout.targets.foreign import ForeignTarget
from nologout.targets.samples import notes_server
from nologout.targets.target import Credentials, Target
from tests.commands import Command
from tests.moody_app import PASSWORD, USER, moody_app

pytestmark = pytest.mark.browser
VARIABLES = ("INIT_USERNAME", "INIT_PASSWORD")
WITHIN_S = 60


def found_at(browser: Browser, base_url: str, user: Credentials) -> list[Finding]:
    """Return what is found out about the app at an address."""
    return conclude(Explorer(browser, base_url, frozenset(), WITHIN_S).explore("/", user))


def described(folder: Path, proposal: Proposal, user: Credentials, monkeypatch: pytest.MonkeyPatch) -> ForeignTarget:
    """Return the app that a proposal describes."""
    for name, value in zip(VARIABLES, (user.username, user.password), strict=True):
        monkeypatch.setenv(name, value)
    path = folder / "nologout.toml"
    path.write_text(proposal.text, "utf-8")
    return ForeignTarget(str(path))


@pytest.mark.parametrize(
    ("known", "keys"),
    [
        (
            Reference("family"),
            {
                "api": "/api/",
                "marks.signed_in": "#workspace",
                "poke": "#refresh-list",
                "refresh_url": "/api/token/refresh/",
                "sign_out.click": "#sign-out",
                "sign_out.url": "/api/token/blacklist/",
                "tokens.access_field": "access",
                "tokens.refresh_field": "refresh",
                "tokens.stored_in": ("indexedDB",),
            },
        ),
        (Reference("cookie"), {"tokens.refresh_cookie": "refresh_*", "tokens.access_field": "access"}),
        (
            sample("cookie_xhr"),
            {
                "api": "/v1/",
                "expire.access_lifetime_s": 600,
                "marks.signed_in": "#desk",
                "marks.signed_out": "#door",
                "poke": "#again",
                "refresh_url": "/session/renew",
                "tokens.access_cookie": "entry",
                "tokens.refresh_cookie": "renewal",
            },
        ),
    ],
    ids=["family", "cookie", "cookie_xhr"],
)
def test_file_untouched_is_right_about_the_app(  # noqa: PLR0913, PLR0917 - an app, and what plays it
    known: Target,
    keys: dict[str, object],
    tmp_path: Path,
    browser: Browser,
    server_pool: ServerPool,
    play_cell: Callable[[Cell], Result],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It loads, passes the rehearsal, and the verdicts are those on the app that the harness knows."""
    base_url = server_pool.running(known).base_url
    user = known.new_user(base_url)
    findings = found_at(browser, base_url, user)
    told = {each.key: each.value for each in findings}
    assert {key: told.get(key) for key in keys} == keys
    proposal = propose(findings, VARIABLES)
    assert proposal.lacking == ()
    target = described(tmp_path, proposal, user, monkeypatch)
    for name, variant in (("two_tabs_expire_together", "loser_first"), ("lost_response", "")):
        scenario = scenarios.load(name)
        result = play_cell(Cell(scenario, variant, target))
        expected = "fail" if Cell(scenario, variant, known).expected else "pass"
        assert result.verdict == expected, result.why


@pytest.mark.parametrize(
    ("mood", "place", "tabs"), [("good", "localStorage", "new"), ("tab", "sessionStorage", "window.open")]
)
def test_where_tokens_rest_and_how_tabs_are_opened_is_seen(browser: Browser, mood: str, place: str, tabs: str) -> None:
    """A session in sessionStorage comes along when one tab opens the other, and not else."""
    with moody_app(mood) as app:
        told = {each.key: each for each in found_at(browser, app.origin, Credentials(USER, PASSWORD))}
    assert (told["tokens.stored_in"].value, told["tabs"].value) == ((place,), tabs)
    assert {told[key].confidence for key in ("tokens.stored_in", "tabs", "refresh_url", "poke")} == {"sure"}


@pytest.mark.parametrize(
    ("mood", "said"),
    [
        ("bare", "no page with a visible password field: not at /, /login"),
        ("refuses", "the app refuses the account (401 at /auth/in)"),
        ("throttles", "the app takes no more sign-ins for now (429 at /auth/in)"),
        ("html", "the app answered the sign-in (POST /auth/in) with 200, and the page still asks for a password"),
        ("no_token", "the sign-in (POST /auth/in, 200) brought no token: neither in JSON nor in a cookie"),
    ],
)
def test_what_is_amiss_with_the_app_is_told(browser: Browser, mood: str, said: str) -> None:
    """In a sentence, and at once."""
    with moody_app(mood) as app, pytest.raises(TargetError) as told:
        found_at(browser, app.origin, Credentials(USER, PASSWORD))
    assert said in str(told.value)


def test_timer_that_refreshes_is_found(browser: Browser, server_pool: ServerPool) -> None:
    """Where a clock is what makes a token expire; elsewhere the key would do nothing, and is not written."""
    timed = server_pool.running(sample("four_minute_timer")).base_url
    found = {each.key: each for each in found_at(browser, timed, Credentials(notes_server.USER, notes_server.PASSWORD))}
    assert (found["expire.how"].value, found["timers"].value, found["timers"].confidence) == ("clock", (240,), "likely")
    with moody_app() as app:
        assert "timers" not in {each.key for each in found_at(browser, app.origin, Credentials(USER, PASSWORD))}


def test_api_that_anybody_may_read_leaves_the_poke_lacking(browser: Browser) -> None:
    """It would tell nothing about a session."""
    with moody_app("open") as app:
        proposal = propose(found_at(browser, app.origin, Credentials(USER, PASSWORD)), VARIABLES)
    assert {"api", "poke"} <= {*proposal.lacking}


def test_app_that_is_down_is_told(browser: Browser) -> None:
    """Nobody waits for it."""
    with moody_app() as app:
        origin = app.origin
    with pytest.raises(TargetError, match=f"nothing answers as it should at {origin}"):
        found_at(browser, origin, Credentials(USER, PASSWORD))


def test_command_writes_a_file_once_and_tells_no_secret(tmp_path: Path) -> None:
    """What it prints fits 80 columns; a second run needs --force; neither output nor file has a password or a token."""
    given = {"NOLOGOUT_USERNAME": USER, "NOLOGOUT_PASSWORD": PASSWORD}
    command = Command(tmp_path)
    with moody_app() as app:
        code, output, errors = command.run("init", app.origin, **given)
        again, _, refusal = command.run("init", app.origin, **given)
        issued = [*app.good, *app.renewals]
    text = (tmp_path / "nologout.toml").read_text("utf-8")
    assert (code, again) == (0, 2), errors
    assert "nologout.toml is there already" in refusal
    assert "Next: nologout prove --target nologout.toml" in output
    assert max(map(len, output.splitlines())) <= 80
    assert issued
    assert not [secret for secret in (PASSWORD, *issued) if secret in output + errors + json.dumps(text)]


def test_command_that_cannot_tell_exits_with_3_and_writes_nothing(tmp_path: Path) -> None:
    """With what is amiss, and what to do."""
    with moody_app("refuses") as app:
        code, output, errors = Command(tmp_path).run(
            "init",
            app.origin,
            "--username",
            "APP_USER",
            "--password",
            "APP_PASSWORD",
            APP_USER=USER,
            APP_PASSWORD=PASSWORD,
        )
    assert (code, output, list(tmp_path.iterdir())) == (3, "", [])
    assert "refuses the account (401 at /auth/in)\nhint: are user name and password right?" in errors
