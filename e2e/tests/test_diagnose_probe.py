"""The probe against small servers with one habit each: what it sees, what it says, and what it leaves alone."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
import trustme

from nologout import cli
from nologout.diagnose.asked import account
from nologout.diagnose.diagnosis import Diagnosis, diagnosed
from nologout.diagnose.observed import Paths
from nologout.diagnose.probe import Plan, probe
from nologout.diagnose.wire import Wire
from nologout.errors import Unwelcome
from nologout.targets.target import Credentials
from tests.rotating_server import PASSWORD, Habits, RotatingServer, rotating_server
from tests.tiny_server import tiny_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

USER = Credentials("ann", PASSWORD)
HTML, JSON = "text/html", "application/json"
SIGN_OUT = "/api/token/blacklist/"
DJ_REST_AUTH = Habits(
    reuse="grant",
    cookie="HttpOnly; Secure; SameSite=Lax; Path=/",
    sign_in="/dj-rest-auth/login/",
    refresh="/dj-rest-auth/token/refresh/",
    sign_out="/dj-rest-auth/logout/",
)


def told(server: RotatingServer, **plan: Any) -> Diagnosis:  # noqa: ANN401 - any field of Plan
    """Return the diagnosis of a server, without waiting."""
    with Wire(server.origin) as wire:
        return diagnosed(probe(wire, USER, Plan(**{"wait_s": 0, "sleep": lambda _: None, **plan})))


def found(server: RotatingServer, **plan: Any) -> set[str]:  # noqa: ANN401 - any field of Plan
    """Return the names of the findings."""
    return {finding.name for finding in told(server, **plan).findings}


@pytest.fixture(autouse=True)
def _account(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the account into the environment; small servers need no rest between requests."""
    monkeypatch.setattr("nologout.diagnose.wire.BETWEEN_S", 0)
    monkeypatch.setenv("NOLOGOUT_USERNAME", USER.username)
    monkeypatch.setenv("NOLOGOUT_PASSWORD", USER.password)


@pytest.mark.parametrize(
    ("habits", "names"),
    [
        (Habits(reuse="grant"), set()),
        (Habits(reuse="refuse"), {"lost_reply_ends_session", "second_tab_is_refused"}),
        (Habits(reuse="session"), {"retry_ends_every_tab", "second_tab_is_refused"}),
        (Habits(reuse="all"), {"retry_ends_every_tab", "second_tab_is_refused", "replay_ends_other_sessions"}),
        (Habits(reuse="grant", one_session=True), {"sign_in_ends_other_sessions"}),
        (Habits(reuse="refuse", hides_successor=True), {"refresh_works_once", "end_is_fixed"}),
        (Habits(reuse="grant", opaque=True), set()),
        (Habits(reuse="grant", sign_in="/auth/jwt/create/", refresh="/auth/jwt/refresh/"), set()),
        (DJ_REST_AUTH, {"cookie_dies_first"}),
        (
            Habits(reuse="grant", cookie="Max-Age=604800; SameSite=None; Path=/auth/"),
            {"cookie_is_not_sent", "cookie_is_open"},
        ),
    ],
    ids=[
        "grace",
        "none",
        "revokes",
        "revokes_all",
        "one_session",
        "works_once",
        "opaque",
        "djoser",
        "dj_rest_auth",
        "cookie",
    ],
)
def test_habit_is_found_and_nothing_else(habits: Habits, names: set[str]) -> None:
    """Each server has one habit; wherever endpoints and tokens are, they are found."""
    with rotating_server(habits) as server:
        assert found(server) == names


def test_grace_that_ends_while_the_probe_waits_is_measured() -> None:
    """Granted at once, refused later: the window lies between the two."""
    with rotating_server(Habits(reuse="grant", grace_s=0.6)) as server:
        result = told(server, wait_s=1.6, sleep=time.sleep)
    assert [(each.granted, each.same) for each in result.observed.replays] == [(True, True), (False, None)]
    assert "grace_too_short" in {finding.name for finding in result.findings}


def test_sessions_are_signed_out_and_their_number_is_bounded() -> None:
    """Three sign-ins at most, and none of them is left."""
    with rotating_server(Habits(reuse="refuse")) as server:
        observed = told(server).observed
        sign_ins = [body for path, body in server.asked if path == "/api/token/" and body]
        assert (len(sign_ins), observed.sign_ins, observed.left_signed_in) == (3, 3, 0)
        assert not server.alive


def test_what_cannot_be_signed_out_is_counted() -> None:
    """Where there is no sign-out, the probe's sessions stay until they expire, and it says so."""
    with rotating_server(Habits(reuse="grant", sign_out="/nowhere/")) as server:
        assert told(server).observed.left_signed_in == len(server.alive) == 3


def test_gentle_presents_no_used_token() -> None:
    """One sign-in, no token twice but a forged one, and then nothing can be told."""
    with rotating_server(Habits(reuse="all")) as server:
        result = told(server, gentle=True)
        presented = [body["refresh"] for path, body in server.asked if path == "/api/token/refresh/" and body]
        assert [token for token in presented if token in server.issued] == [server.issued[0]]
    assert (result.verdict, result.findings) == ("cannot tell", ())


def test_no_wrong_password_is_ever_tried() -> None:
    """A lock-out would be the probe's own doing: whatever reaches the sign-in is empty, or right."""
    with rotating_server(Habits(reuse="all")) as server:
        told(server)
        assert {body.get("password") for path, body in server.asked if path == "/api/token/"} == {None, PASSWORD}


@pytest.mark.parametrize("limit", [12, 16])
def test_limit_on_the_way_stops_the_probe_and_is_unknown(limit: int) -> None:
    """After a 429 nothing is asked but the sign-outs; what was seen until then is kept."""
    with rotating_server(Habits(reuse="grant", limit=limit)) as server:
        result = told(server)
        after = [path for path, _ in server.asked[limit + 1 :]]
    assert result.verdict == "cannot tell"
    assert "429 (Retry-After: 7)" in result.observed.stopped
    assert set(after) <= {SIGN_OUT}
    assert result.observed.throttling == ("Retry-After",)


@contextmanager
def closed() -> Iterator[str]:
    """Yield the address of a port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
    yield address


@contextmanager
def mute() -> Iterator[str]:
    """Yield the address of a server that takes connections, and sends a byte of a reply now and then for ever."""
    over = threading.Event()

    def trickle(listener: socket.socket) -> None:
        taken, _ = listener.accept()
        with taken:
            taken.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 100000\r\n\r\n")
            while not over.wait(0.05):
                taken.sendall(b"x")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=trickle, args=(listener,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        over.set()
        thread.join()


def test_server_that_is_down_is_said_to_be() -> None:
    """Nothing listens there."""
    with closed() as url, Wire(url) as wire, pytest.raises(Unwelcome, match="nothing listens there"):
        probe(wire, USER, Plan())


def test_slow_server_is_given_up_in_bounded_time() -> None:
    """A reply that never ends is no reply, however steadily it trickles."""
    since = time.monotonic()
    with mute() as url, Wire(url, patience_s=0.5) as wire, pytest.raises(Unwelcome, match=r"within 0\.5 s"):
        probe(wire, USER, Plan())
    assert time.monotonic() - since < 5


def _tokens(**names: str) -> bytes:
    return json.dumps(names).encode()


@pytest.mark.parametrize(
    ("path", "answer", "says"),
    [
        ("/api/token/", (200, HTML, b"<!doctype html><p>Hello"), "no API answers at /api/token/: 200"),
        ("/api/token/", (401, JSON, b'{"detail": "no"}'), "refused the account: 401"),
        ("/api/token/", (400, JSON, b'{"detail": "no"}'), "refused the account: 400"),
        ("/api/token/", (429, JSON, b"{}"), "429"),
        ("/api/token/refresh/", (404, JSON, b"{}"), "no refresh was found"),
    ],
)
def test_answer_that_is_no_sign_in_is_told(path: str, answer: tuple[int, str, bytes], says: str) -> None:
    """Each has a sentence of its own, and nothing more is asked."""
    with rotating_server(Habits(answers={path: answer})) as server:
        with Wire(server.origin) as wire, pytest.raises(Unwelcome, match=says):
            probe(wire, USER, Plan())
        assert len([body for asked, body in server.asked if asked == "/api/token/" and body]) <= 1


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (
            (301, {"Location": "https://shop.example/api/token/?next=x"}, b""),
            "redirected 301 no body to https://shop.example",
        ),
        ((200, {}, b"<html>"), "no API answers at /api/token/: 200 a page of HTML"),
        ((403, {}, b"<html>CSRF"), "no API answers at /api/token/: 403 a page of HTML"),
    ],
)
def test_address_that_is_no_api_is_told(reply: tuple[int, dict[str, str], bytes], says: str) -> None:
    """A redirect is not followed: it might lead the password elsewhere. A page is no API."""
    with tiny_server() as server:
        server.replies["/api/token/"] = reply
        with Wire(server.origin) as wire, pytest.raises(Unwelcome) as raised:
            probe(wire, USER, Plan())
        assert says in str(raised.value)
        assert raised.value.hint
        assert not [asked for asked in server.asked if PASSWORD.encode() in asked.body]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (_tokens(key="0123456789abcdef0123456789abcdef"), "no token (it has: key)"),
        (_tokens(access="e30.e30.0123456789abcdef"), "an access token alone"),
        (b"[]", "no token (it has: nothing)"),
    ],
)
def test_sign_in_without_a_refresh_token_is_told(content: bytes, says: str) -> None:
    """There is nothing to diagnose; the names of what came are said, and no value."""
    with tiny_server() as server:
        server.replies["/sign-in/"] = (200, {}, content)
        server.replies["/refresh/"] = (400, {}, b"{}")
        with pytest.raises(Unwelcome) as raised:
            _probe_given(server.origin)
        assert says in str(raised.value)
        assert "0123456789abcdef" not in str(raised.value)


def _probe_given(url: str) -> None:
    with Wire(url) as wire:
        probe(wire, USER, Plan(given=Paths("/sign-in/", "/refresh/")))


def test_end_of_a_session_is_compared_a_second_after_the_token_was_issued() -> None:
    """However long the sign-in takes: within the same second a renewed token would seem to end no later."""
    with rotating_server(Habits(reuse="grant", hashes_for_s=0.7)) as server:
        told(server, sleep=time.sleep)
        signed_in, renewed, *_ = server.issued_at
    assert renewed - signed_in > 1


def test_neighbours_are_found_below_the_prefix_of_a_sign_in_that_is_named() -> None:
    """Djoser under a version, say: one path tells the others."""
    below = "/api/v1/auth/"
    habits = Habits(
        sign_in=f"{below}jwt/create/", refresh=f"{below}jwt/refresh/", api=f"{below}users/me/", reuse="grant"
    )
    with rotating_server(habits) as server:
        observed = told(server, given=Paths(habits.sign_in, "")).observed
    assert (observed.paths.refresh, observed.paths.api) == (habits.refresh, habits.api)


@pytest.mark.parametrize("given", ["", "/auth/users/me/"])
def test_word_before_an_access_token_is_the_one_that_the_api_asks_for(given: str) -> None:
    """`JWT` in djoser's documentation; whether the path is found or named."""
    with rotating_server(Habits(reuse="grant", api="/auth/users/me/", scheme="JWT")) as server:
        observed = told(server, given=Paths("", "", api=given)).observed
        sent = {value.partition(" ")[0] for path, value in server.authorizations if path == SIGN_OUT}
    assert (observed.good_access and observed.good_access.status, observed.api_is_protected) == (200, True)
    assert sent == {"", "JWT"}


def test_fresh_token_that_is_refused_stops_the_probe() -> None:
    """Then nothing is known of used ones."""
    with rotating_server(Habits(answers={"/api/token/refresh/": (401, JSON, b'{"code": "no"}')})) as server:
        result = told(server)
    assert "refused a fresh refresh token: 401 no" in result.observed.stopped
    assert result.verdict == "cannot tell"


def test_private_ca_is_trusted_only_when_it_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without it the certificate is refused, before any password is sent."""
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    with rotating_server(Habits(reuse="grant"), context) as server:
        command = ["diagnose", server.origin, "--wait", "0"]
        assert cli.run(command) == 3
        assert "--ca-file FILE names a private authority's certificate" in capsys.readouterr().err
        assert server.asked == []
        assert cli.run([*command, "--ca-file", str(tmp_path / "ca.pem")]) == 0


def test_http_basic_is_sent_where_no_bearer_token_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One header cannot hold both; its secret is printed as little as the other."""
    monkeypatch.setenv("NOLOGOUT_BASIC", "guard:open-sesame")
    with rotating_server(Habits(reuse="refuse")) as server:
        assert cli.run(["diagnose", server.origin, "--wait", "0", "--json"]) == 1
        sent = {path: value.partition(" ")[0] for path, value in server.authorizations}
    assert (sent["/api/token/"], sent["/api/token/refresh/"], sent["/api/me/"]) == ("Basic", "Basic", "Bearer")
    assert "open-sesame" not in "".join(capsys.readouterr())


def test_account_is_asked_for_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the environment lacks is asked for, the password without an echo."""
    monkeypatch.delenv("NOLOGOUT_PASSWORD")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda _: PASSWORD)
    found = account("NOLOGOUT_USERNAME", "NOLOGOUT_PASSWORD")
    assert (found.username, found.password) == (USER.username, PASSWORD)


@pytest.mark.parametrize(
    ("habits", "options", "code"),
    [
        (Habits(reuse="grant"), (), 0),
        (Habits(reuse="refuse"), ("--checklist",), 1),
        (Habits(reuse="all"), ("--json",), 1),
        (Habits(reuse="grant"), ("--gentle",), 3),
        (Habits(answers={"/api/token/": (401, JSON, b"{}")}), (), 3),
        (Habits(answers={"/api/token/": (401, JSON, b"{}")}), ("--json",), 3),
    ],
)
def test_command_exits_by_its_verdict_and_prints_no_secret(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    habits: Habits,
    options: tuple[str, ...],
    code: int,
) -> None:
    """80 columns without colours when piped; neither password nor any piece of a token."""
    monkeypatch.setenv("COLUMNS", "80")
    with rotating_server(habits) as server:
        assert cli.run(["diagnose", server.origin, "--wait", "0", *options]) == code
        output, errors = capsys.readouterr()
        printed = output + errors
        assert printed
        assert "\x1b[" not in printed
        for secret in (PASSWORD, *server.issued, *(token.rpartition(".")[2] for token in server.issued)):
            assert secret not in printed
    if "--json" in options:
        assert json.loads(output)["verdict"] == {1: "logs out", 3: "cannot tell"}[code]
    else:
        assert max(map(len, output.splitlines()), default=0) <= 80
