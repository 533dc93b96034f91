"""`nologout diagnose --page` in a real browser: what it says of pages whose truth is written here, by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from nologout import cli
from nologout.targets import Reference
from nologout.targets.samples.described import Sample
from nologout.targets.samples.notes_server import PASSWORD, USER
from tests import moody_app
from tests.test_samples import with_free_ports

if TYPE_CHECKING:
    from pathlib import Path

    from nologout.plugin.fixtures import ServerPool

pytestmark = pytest.mark.browser
OF_PAGE = {"reload_ends_session", "second_tab_is_signed_out", "page_does_not_renew", "scripts_read_token"}
# Where the page is not seen, or asks for no refresh, nothing shows the endpoints.
AT_MOODY = ("--sign-in-path", "/auth/in", "--refresh-path", "/auth/refresh", "--username-field", "name")


class Truth(NamedTuple):
    """Where which token is, whether a reload, a second tab and one that is opened are signed in, and what is found."""

    kept: set[tuple[str, str]]
    found: set[str]
    reload: bool | None = True
    second_tab: bool | None = True
    opened_tab: bool | None = None
    renews: bool | None = True


# The record of our own client is in IndexedDB; under the profile `cookie` its refresh token is not in it.
REFERENCE = {
    "family": Truth({("access token", "IndexedDB"), ("refresh token", "IndexedDB")}, {"scripts_read_token"}),
    "cookie": Truth({("access token", "IndexedDB"), ("refresh token", "HttpOnly cookie")}, {"scripts_read_token"}),
}
SAMPLES = {
    "memory_cookie": Truth({("access token", "memory"), ("refresh token", "HttpOnly cookie")}, set()),
    "session_storage": Truth(
        {("access token", "sessionStorage"), ("refresh token", "sessionStorage")},
        {"second_tab_is_signed_out", "scripts_read_token"},
        second_tab=False,
        opened_tab=True,
    ),
    # It sends what a refresh has brought as another scheme than the server takes, and shows the door.
    "wrong_prefix": Truth(
        {("access token", "localStorage"), ("refresh token", "localStorage")},
        {"page_does_not_renew", "scripts_read_token"},
        renews=False,
    ),
}
TWO_ORIGINS = Truth({("access token", "localStorage"), ("refresh token", "localStorage")}, {"scripts_read_token"})
MOODY = {
    "good": Truth({("access token", "localStorage"), ("refresh token", "localStorage")}, {"scripts_read_token"}),
    "memory": Truth(
        {("access token", "memory"), ("refresh token", "memory")},
        {"reload_ends_session"},
        reload=False,
        second_tab=None,
        renews=None,
    ),
}


def diagnosed(
    url: str, page: str, user: tuple[str, str], capsys: pytest.CaptureFixture[str], *options: str
) -> dict[str, Any]:
    """Return the diagnosis of an API and its page; no password and no token is in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NOLOGOUT_USERNAME", user[0])
        patch.setenv("NOLOGOUT_PASSWORD", user[1])
        code = cli.run(["diagnose", url, "--page", page, "--json", "--wait", "0", *options])
    output = capsys.readouterr().out
    assert user[1] not in output
    assert "eyJ" not in output
    told: dict[str, Any] = json.loads(output)
    assert code == {"logs out": 1, "nothing found": 0, "cannot tell": 3}[told["verdict"]]
    return told


def agrees(told: dict[str, Any], truth: Truth) -> bool:
    """Hold a diagnosis against the truth."""
    page = told["observed"]["page"]
    assert page, told["observed"]["page_untold"]
    assert {(each["token"], each["place"]) for each in page["kept"]} == truth.kept
    assert {each["form"] for each in page["kept"]} <= {"JWT", "opaque"}
    seen = (page["reload"], page["second_tab"], page["opened_tab"], page["renews"])
    assert seen == (truth.reload, truth.second_tab, truth.opened_tab, truth.renews), page
    assert {each["name"] for each in told["findings"]} & OF_PAGE == truth.found
    assert page["left_out"] == []
    return True


@pytest.mark.parametrize("profile", REFERENCE)
def test_reference_s_page_is_told_as_it_is(
    server_pool: ServerPool, capsys: pytest.CaptureFixture[str], profile: str
) -> None:
    """Nothing of it logs out, and none of its sessions is left."""
    target = Reference(profile)
    url = server_pool.running(target).base_url
    target.move_clock(url, 0)
    user = target.new_user(url)
    told = diagnosed(url, url, (user.username, user.password), capsys)
    assert agrees(told, REFERENCE[profile])
    assert told["verdict"] == "nothing found"
    assert told["observed"]["left_signed_in"] == 0
    assert [session for session in target.sessions(url, user.username) or () if session.alive] == []
    stored = {each["key"] for each in told["observed"]["page"]["kept"] if each["place"] == "IndexedDB"}
    assert stored == {"nologout-session/values/record"}
    assert not [each for each in told["untold"] if "the page" in each]


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_s_page_is_told_as_it_is(
    server_pool: ServerPool, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """Its truth says what it keeps where, and which tab finds nothing."""
    url = server_pool.running(Sample(name, with_free_ports(name, tmp_path))).base_url
    told = diagnosed(url, url, (USER, PASSWORD), capsys)
    assert agrees(told, SAMPLES[name])
    # No option names them, and nothing else than the page could know.
    paths = told["observed"]["paths"]
    assert (paths["sign_in"], paths["refresh"], paths["api"]) == ("/auth/login", "/auth/refresh", "/api/notes")


def test_page_of_another_origin_is_looked_at_with_its_api(
    server_pool: ServerPool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its origin is the one that CORS is asked for; nobody names it twice."""
    app = Sample("two_origins", with_free_ports("two_origins", tmp_path))
    page = server_pool.running(app).base_url
    [api] = {*app.reach.origins} - {page}
    told = diagnosed(api, page, (USER, PASSWORD), capsys)
    assert agrees(told, TWO_ORIGINS)
    assert told["observed"]["cors"]["origin"] == page
    assert told["observed"]["page"]["signs_in_at"] == api
    assert not [each for each in told["untold"] if "one of this API" in each]


@pytest.mark.parametrize("mood", MOODY)
def test_session_of_a_page_without_a_sign_out_is_counted(capsys: pytest.CaptureFixture[str], mood: str) -> None:
    """The API has none either: three sessions of the probe's, and the page's."""
    with moody_app.moody_app(mood) as app:
        told = diagnosed(app.origin, app.origin, (moody_app.USER, moody_app.PASSWORD), capsys, *AT_MOODY)
    assert agrees(told, MOODY[mood])
    assert told["observed"]["left_signed_in"] == told["observed"]["sign_ins"] + 1


def test_page_that_cannot_be_looked_at_leaves_the_api_s_diagnosis(capsys: pytest.CaptureFixture[str]) -> None:
    """It says why nothing was seen of the page, and no more of it."""
    with moody_app.moody_app() as app, moody_app.moody_app("refuses") as other:
        told = diagnosed(app.origin, other.origin, (moody_app.USER, moody_app.PASSWORD), capsys, *AT_MOODY)
    assert told["observed"]["page"] is None
    assert told["verdict"] == "logs out"
    assert [each for each in told["untold"] if "the page: the app refuses the account (401 at /auth/in)" in each]
    assert told["observed"]["cors"]["origin"] == other.origin


def test_page_is_shown_in_80_columns_without_a_secret(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Places, keys, and what a reload and a second tab do."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NOLOGOUT_USERNAME", moody_app.USER)
    monkeypatch.setenv("NOLOGOUT_PASSWORD", moody_app.PASSWORD)
    with moody_app.moody_app("tab") as app:
        code = cli.run(["diagnose", app.origin, "--page", f"{app.origin}/?next=a", "--wait", "0"])
        output, errors = capsys.readouterr()
        assert not [each for each in (moody_app.PASSWORD, *app.good, *app.renewals) if each in output + errors]
    assert code == 1
    assert max(map(len, output.splitlines())) <= 80
    for words in (
        "as seen through its API and its page",
        "access token sessionStorage access (JWT)",
        "refresh token sessionStorage refresh (opaque)",
        "second tab asks to sign in",
        "opened tab still signed in",
        "This app logs users out:",
        "and 1 in the page",
    ):
        assert words in " ".join(output.split()), output
