"""An app on another name, over TLS by a private authority: found out, played, diagnosed; and told when distrusted."""

import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme
from playwright.sync_api import Browser

from nologout import cli, scenarios
from nologout.diagnose.detect.browse.explore import Explorer
from nologout.errors import TargetError, Unwelcome
from nologout.model.result import Result
from nologout.runner import Cell
from nologout.stage.network.route import Route
from nologout.stage.standing import Standing, listener_at
from nologout.targets.foreign import ForeignTarget
from nologout.targets.hosts import may_be_disturbed
from nologout.targets.samples.described import folder_of
from nologout.targets.samples.notes_server import PASSWORD, USER, Options
from nologout.targets.target import Credentials
from nologout.targets.trust import IN_THE_FILE
from nologout.targets.trust import UNKNOWN_ISSUER as UNKNOWN
from tests.commands import Command
from tests.moody_app import moody_app, written
from tests.names import API_NAME, NAME, for_a_process, resolve
from tests.over_tls import SecureApp, certified, secure_app
from tests.test_proxy_streams import through
from tests.tiny_server import tiny_server

CLIENTS = {name: folder_of(name) / "client.js" for name in ("memory_cookie", "two_origins")}
IN_COOKIE = Options(cookies=frozenset({"refresh"}))
ALLOWED = frozenset({NAME, API_NAME})
ENDED = datetime(2001, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _world(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the names lead here, and the account stand where each file looks for it."""
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    for prefix in ("NOLOGOUT", "SAMPLE", "MOODY"):
        monkeypatch.setenv(f"{prefix}_USERNAME", USER)
        monkeypatch.setenv(f"{prefix}_PASSWORD", PASSWORD)
    monkeypatch.setenv("MOODY_USER", USER)


@pytest.fixture
def authority(tmp_path: Path) -> trustme.CA:
    """Return an authority that no system knows; its certificate is in `ca.pem`."""
    made = trustme.CA()
    made.cert_pem.write_to_path(tmp_path / "ca.pem")
    return made


@pytest.fixture
def app(authority: trustme.CA) -> Iterator[SecureApp]:
    """Give the app that keeps its refresh token in a `__Host-` cookie."""
    with secure_app(certified(authority, NAME), CLIENTS["memory_cookie"], IN_COOKIE) as made:
        yield made


def played(play_cell: Callable[[Cell], Result], path: Path, *cells: str) -> list[tuple[str, str]]:
    """Return verdict and cause (or why) of each scenario on the app that a file describes."""
    target = ForeignTarget(str(path), ALLOWED)
    results = [play_cell(Cell(scenarios.load(cell), "", target)) for cell in cells]
    return [(result.verdict, result.cause or result.why) for result in results]


@pytest.mark.browser
def test_app_under_a_name_is_found_out_and_played(
    app: SecureApp, tmp_path: Path, play_cell: Callable[[Cell], Result]
) -> None:
    """By the file that init writes, untouched: it trusts the authority, and knows the cookie that only TLS carries."""
    python = for_a_process(tmp_path)
    (tmp_path / "below").mkdir()
    command = ("init", app.origin, "--allow-host", NAME.title(), "--ca-file", "ca.pem", "-o", "below/app.toml")
    code, output, errors = Command(tmp_path).run(*command, PYTHONPATH=python)
    assert (code, errors) == (0, ""), output
    written_file = (tmp_path / "below" / "app.toml").read_text("utf-8")
    assert 'ca_file = "../ca.pem"' in written_file
    assert 'refresh_cookie = "__Host-refresh"' in written_file
    told = played(play_cell, tmp_path / "below" / "app.toml", "cold_start_deep_link", "lost_response")
    assert told == [("pass", "nobody was logged out"), ("fail", "no_grace_for_lost_reply")]


@pytest.mark.browser
def test_page_and_api_under_two_names_are_played(
    authority: trustme.CA, tmp_path: Path, play_cell: Callable[[Cell], Result]
) -> None:
    """As the sample is without TLS: its file, with these addresses."""
    with secure_app(certified(authority, NAME), CLIENTS["two_origins"], Options()) as page:
        options = Options(rotates=False, pages_at=page.origin)
        with secure_app(certified(authority, API_NAME), None, options, API_NAME) as api:
            page.page = page.page.replace(b"{api}", api.origin.encode())
            described = (folder_of("two_origins") / "nologout.toml").read_text("utf-8")
            described = described.replace("http://127.0.0.1:8473", page.origin)
            described = described.replace("http://127.0.0.1:8474", api.origin)
            server, rest = described.index("[server]"), described.index("[expire]")
            path = tmp_path / "two.toml"
            path.write_text(f'ca_file = "ca.pem"\n{described[:server]}{described[rest:]}', "utf-8")
            told = played(play_cell, path, "cold_start_deep_link", "lost_response")
    assert told == [("pass", "nobody was logged out"), ("fail", "cleared_on_transient_answer")]


@pytest.mark.server
def test_api_under_a_name_is_diagnosed(app: SecureApp, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The cookie's marks are seen, and the command needs leave for the name."""
    paths = ("--sign-in-path", "/auth/login", "--refresh-path", "/auth/refresh", "--api-path", "/api/notes")
    command = ["diagnose", app.origin, *paths, "--ca-file", str(tmp_path / "ca.pem"), "--wait", "0"]
    assert cli.run(command) == 2
    assert f"--allow-host {NAME}" in capsys.readouterr().err
    assert cli.run([*command, "--allow-host", NAME]) == 1
    told = capsys.readouterr().out
    assert "the latter in a cookie" in told
    assert "HttpOnly, Secure, SameSite=Strict" in told
    assert "lost_reply_ends_session (logs out; measured)" in told


@pytest.fixture(params=["unknown issuer", "expired", "another name", "no TLS"])
def distrusted(request: pytest.FixtureRequest, authority: trustme.CA) -> Iterator[tuple[str, str]]:
    """Give the address of a server that is not to be trusted, and the words for why."""
    if request.param == "no TLS":
        with tiny_server() as plain:
            yield f"https://{NAME}:{plain.server_address[1]}", "it speaks no TLS: is it http://?"
        return
    if request.param == "unknown issuer":
        context, why = certified(trustme.CA(), NAME), UNKNOWN
    elif request.param == "expired":
        context, why = certified(authority, NAME, not_after=ENDED), "its certificate has expired"
    else:
        context, why = certified(authority, API_NAME), "its certificate is for another name"
    with secure_app(context, CLIENTS["memory_cookie"], IN_COOKIE) as made:
        yield made.origin, why


@pytest.mark.server
def test_distrusted_app_is_told_at_once(distrusted: tuple[str, str], authority: trustme.CA, tmp_path: Path) -> None:
    """Nobody waits for a certificate to change; where a private authority may be meant, the key for it is named."""
    del authority
    origin, why = distrusted
    path = Path(written(tmp_path, origin))
    path.write_text(f'ca_file = "ca.pem"\n{path.read_text("utf-8")}', "utf-8")
    with pytest.raises(Unwelcome) as told:
        Standing(ForeignTarget(str(path), ALLOWED)).__enter__()
    assert str(told.value).startswith(f"{origin}: {why}")
    assert ("`ca_file`" in str(told.value)) == (why == UNKNOWN)


@pytest.mark.server
def test_distrusted_api_is_told(
    distrusted: tuple[str, str], authority: trustme.CA, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Likewise, before any password is sent; and as JSON it is one document."""
    del authority
    origin, why = distrusted
    command = ["diagnose", origin, "--allow-host", NAME, "--ca-file", str(tmp_path / "ca.pem")]
    assert cli.run(command) == 3
    told = capsys.readouterr()
    assert (told.out, f"cannot tell: POST /api/token/: {why}" in told.err) == ("", True)
    assert ("--ca-file FILE" in told.err) == (why == UNKNOWN)


@pytest.mark.browser
def test_distrusted_app_is_not_found_out(
    distrusted: tuple[str, str], authority: trustme.CA, tmp_path: Path, browser: Browser
) -> None:
    """Likewise."""
    del authority
    origin, why = distrusted
    explorer = Explorer(browser, origin, ALLOWED, 60, str(tmp_path / "ca.pem"))
    with pytest.raises(TargetError) as told:
        explorer.explore("/", Credentials(USER, PASSWORD))
    assert f"nothing answers as it should at {origin} (GET /: {why}" in str(told.value)
    assert ("--ca-file FILE" in told.value.hint) == (why == UNKNOWN)


@pytest.mark.parametrize("command", ["diagnose", "init"])
def test_file_without_a_certificate_is_wrong_use(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is said before anything is asked."""
    (tmp_path / "junk.pem").write_text("junk", "utf-8")
    given = ["https://127.0.0.1:9", "--ca-file", str(tmp_path / "junk.pem")]
    more = ["-o", str(tmp_path / "app.toml")] if command == "init" else []
    assert cli.run([command, *given, *more]) == 2
    assert "junk.pem holds no certificate" in capsys.readouterr().err
    assert not (tmp_path / "app.toml").exists()


@pytest.mark.browser
def test_api_on_a_host_that_is_not_allowed_is_named(authority: trustme.CA, tmp_path: Path, browser: Browser) -> None:
    """The sign-in reaches nobody; which host it was meant for is told, with the option that opens the way."""
    with secure_app(certified(authority, NAME), CLIENTS["two_origins"], Options()) as page:
        page.page = page.page.replace(b"{api}", f"https://{API_NAME}".encode())
        explorer = Explorer(browser, page.origin, frozenset({NAME}), 60, str(tmp_path / "ca.pem"))
        with pytest.raises(TargetError, match=f"blocked meanwhile: {API_NAME}") as told:
            explorer.explore("/", Credentials(USER, PASSWORD))
    assert "--allow-host HOST" in told.value.hint


@pytest.mark.browser
def test_address_that_leads_to_tls_is_told(
    app: SecureApp, tmp_path: Path, browser: Browser, play_cell: Callable[[Cell], Result]
) -> None:
    """An app's plain port that redirects is not the app: init and the rehearsal name the address to take."""
    with tiny_server() as plain:
        plain.replies["/"] = (301, {"Location": f"{app.origin}/"}, b"")
        address = f"http://{NAME}:{plain.server_address[1]}"
        explorer = Explorer(browser, address, ALLOWED, 60, str(tmp_path / "ca.pem"))
        with pytest.raises(TargetError, match=f"{address} leads to {app.origin}") as told:
            explorer.explore("/", Credentials(USER, PASSWORD))
        ((verdict, why),) = played(play_cell, Path(written(tmp_path, address)), "cold_start_deep_link")
    assert told.value.hint == f"init {app.origin}"
    assert (verdict, why) == (
        "unknown",
        f"the app: / leads to {app.origin}, which is blocked: is that the `base_url`, or one of `external_hosts`?",
    )


@pytest.mark.browser
def test_distrust_behind_another_proxy_is_told_by_the_rehearsal(
    app: SecureApp, tmp_path: Path, play_cell: Callable[[Cell], Result]
) -> None:
    """That proxy opens what goes through it, as some companies' do, and its authority is not in the file."""
    with through(Route(frozenset({app.origin}), ca_file=str(tmp_path / "ca.pem"))) as onward:
        path = Path(written(tmp_path, app.origin))
        keys = f'upstream_proxy = "{onward.proxy.address}"\nca_file = "ca.pem"\n'
        path.write_text(f"{keys}{path.read_text('utf-8')}", "utf-8")
        ((verdict, why),) = played(play_cell, path, "cold_start_deep_link")
    assert (verdict, why) == ("unknown", f"the app's server did not answer GET /: {UNKNOWN}; {IN_THE_FILE}")


def test_allowed_name_is_taken_however_it_is_written() -> None:
    """Host names know no case."""
    assert may_be_disturbed(NAME, {NAME.upper()})
    assert not may_be_disturbed(NAME, {API_NAME})


@pytest.mark.server
def test_listener_here_says_nothing_of_another_machine() -> None:
    """The same port of this machine is somebody else's."""
    with moody_app() as app:
        assert listener_at(app.origin.replace("127.0.0.1", NAME)) == ""
        assert listener_at(app.origin) == listener_at(app.origin)
