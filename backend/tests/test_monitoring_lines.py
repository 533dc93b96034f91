"""Monitoring: one line for each refresh and each refusal of the API, and nothing secret in any."""

import json
import logging
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, RequestFactory
from rest_framework_simplejwt.serializers import TokenRefreshSerializer
from rest_framework_simplejwt.views import TokenRefreshView

from monitoring.answers import path_for_log
from monitoring.lines import Line
from tests.people import at, make_user, refresh, rotated_hourly, sign_in

pytestmark = pytest.mark.usefixtures("database")

Lines = list[tuple[str, str, int, str]]


@pytest.fixture
def caplog(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Catch everything that is logged."""
    caplog.set_level(logging.DEBUG)
    return caplog


def lines(caplog: pytest.LogCaptureFixture) -> Lines:
    """Return event, reason, status and path of each line; what is written and what is a field agree."""
    records = [record for record in caplog.records if record.name == "monitoring"]
    read = [Line.read(record.getMessage()) for record in records]
    assert [vars(line) for line in read if line] == [record.__dict__["monitoring"] for record in records]
    return [(line.event, line.reason, line.status, line.path) for line in read if line]


def get(path: str, **headers: str) -> None:
    """Ask, with these headers."""
    Client().get(path, headers=headers)


def post(body: dict[str, Any] | str, client: Client | None = None) -> None:
    """Send a refresh; a server error is answered rather than raised."""
    text = body if isinstance(body, str) else json.dumps(body)
    client = client or Client(raise_request_exception=False)
    client.post("/api/token/refresh/", text, content_type="application/json")


def test_refresh_leaves_one_line(caplog: pytest.LogCaptureFixture) -> None:
    """Time in UTC, event, reason, status, address, path, and no more."""
    with at(0):
        refresh(sign_in())
    (message,) = (record.getMessage() for record in caplog.records if record.name == "monitoring")
    words = "event=refresh reason=ok status=200 remote=127.0.0.1 path=/api/token/refresh/"
    assert message == f"at=2030-05-17T12:00:00Z {words}"


@pytest.mark.parametrize(
    ("body", "reason", "status"),
    [
        ({}, "missing", 400),
        ({"refresh": ""}, "missing", 400),
        ("{", "parse_error", 400),
        ({"refresh": "x"}, "malformed", 401),
        ({"refresh": "a.b.c"}, "malformed", 401),
    ],
)
def test_refused_refresh_is_named(
    caplog: pytest.LogCaptureFixture, body: dict[str, Any] | str, reason: str, status: int
) -> None:
    """The word is the answer's own; a refused refresh is no second event as a refusal."""
    post(body)
    assert lines(caplog) == [("refresh", reason, status, "/api/token/refresh/")]


def test_detected_reuse_is_named(caplog: pytest.LogCaptureFixture) -> None:
    """The reason of token_family passes through."""
    tokens = rotated_hourly(2)
    caplog.clear()
    with at(0):
        refresh(tokens[0])
    assert lines(caplog) == [("refresh", "reuse_detected", 401, "/api/token/refresh/")]
    assert [record.levelname for record in caplog.records if record.name == "monitoring"] == ["WARNING"]


@pytest.fixture
def stock_refresh_in_german(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    """Serve refreshes by SimpleJWT alone, in another language."""
    settings.LANGUAGE_CODE = "de"
    monkeypatch.setattr(TokenRefreshView, "serializer_class", TokenRefreshSerializer)


@pytest.mark.usefixtures("stock_refresh_in_german")
@pytest.mark.parametrize(
    ("account", "reason", "status"),
    [("there", "ok", 200), ("inactive", "no_active_account", 401), ("deleted", "error", 500)],
)
def test_simplejwts_own_answers_have_stable_words(
    caplog: pytest.LogCaptureFixture, account: str, reason: str, status: int
) -> None:
    """Where the answer has a translated sentence alone, the word is the code behind it."""
    user = make_user()
    token = sign_in(user)
    if account == "inactive":
        user.is_active = False
        user.save()
    elif account == "deleted":
        user.delete()
    post({"refresh": token})
    assert lines(caplog) == [("refresh", reason, status, "/api/token/refresh/")]


def test_refusal_of_the_api_leaves_one_line(caplog: pytest.LogCaptureFixture) -> None:
    """No token, a bad one, and a wrong password are told apart; what is granted leaves no line."""
    user = make_user()
    get("/api/me/")
    get("/api/me/", authorization="Bearer x")
    for password in ("wrong", "secret"):
        Client().post("/api/token/", {"username": user.username, "password": password})
    assert lines(caplog) == [
        ("refusal", "not_authenticated", 401, "/api/me/"),
        ("refusal", "token_not_valid", 401, "/api/me/"),
        ("refusal", "no_active_account", 401, "/api/token/"),
    ]


def test_refusal_without_words_is_named_by_its_status(caplog: pytest.LogCaptureFixture, settings: LazySettings) -> None:
    """Plain Django says nothing; what lies outside the API is not watched."""
    settings.ROOT_URLCONF = "tests.tokens_in_urls"
    get("/api/forbidden/")
    get("/elsewhere/")
    assert lines(caplog) == [("refusal", "forbidden", 403, "/api/forbidden/")]


def test_asking_the_refresh_path_is_no_attempt(caplog: pytest.LogCaptureFixture) -> None:
    """A GET, or a browser's OPTIONS, refreshes nothing."""
    get("/api/token/refresh/")
    Client().options("/api/token/refresh/")
    assert lines(caplog) == []


def test_no_line_holds_a_token_wherever_it_is_put(caplog: pytest.LogCaptureFixture, settings: LazySettings) -> None:
    """Body, query, path, headers and cookie: none of it is written."""
    settings.MONITORING = {"TRUSTED_PROXIES": 1}
    token = sign_in()
    client = Client(headers={"X-Forwarded-For": token, "Authorization": f"Bearer {token}", "User-Agent": token})
    client.cookies["refresh"] = token
    client.get(f"/api/me/?token={token}")
    post({"refresh": token}, client)
    settings.ROOT_URLCONF = "tests.tokens_in_urls"
    for path in (f"/api/links/{token}/", "/api/links/short-secret/", f"/api/anything/{token}"):
        client.get(path)
    assert [path for _, _, _, path in lines(caplog)] == [
        *("/api/me/", "/api/token/refresh/"),
        *("/api/links/<str:token>/", "/api/links/<str:token>/", "/?api/anything/.??"),
    ]
    written = "\n".join(record.getMessage() for record in caplog.records if record.name == "monitoring")
    assert not [part for part in [*token.split("."), "short-secret"] if part in written]


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("/api/me\nat=2030-05-17T12:00:00Z event=refresh/", "/api/me?at?2030-05-17T12:00:00Z?event?refresh/"),
        ("/api/\r\x1b[31m\u2028é/", "/api/???31m??/"),
        (f"/api/{'x' * 41}/me/", "/api/.../me/"),
        ("/api" + "/long" * 60, "/api" + "/long" * 39 + "/"),
    ],
)
def test_path_that_no_route_matched_is_made_harmless(path: str, written: str) -> None:
    """It ends no line, begins no word, and is no longer than 200 characters."""
    request = RequestFactory().get("/")
    request.path = path
    assert path_for_log(request) == written


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.9.9.9, 203.0.113.9", "203.0.113.9"),
        (2, "10.9.9.9, 203.0.113.9, 192.0.2.1", "203.0.113.9"),
        (2, "203.0.113.9", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "2001:DB8::7%a event=refresh", "2001:db8::7"),
        (1, "1.2.3.4\nat=x", "127.0.0.1"),
    ],
)
def test_address_is_believed_from_trusted_proxies_alone(
    caplog: pytest.LogCaptureFixture, settings: LazySettings, proxies: int, forwarded: str, remote: str
) -> None:
    """Counted from the right; what is no address, or too short a list, is not used."""
    settings.MONITORING = {"TRUSTED_PROXIES": proxies}
    get("/api/me/", x_forwarded_for=forwarded)
    (record,) = (record for record in caplog.records if record.name == "monitoring")
    assert record.__dict__["monitoring"]["remote"] == remote


def test_unknown_option_is_a_clear_error(settings: LazySettings) -> None:
    """A misspelt name would be a proxy trusted, or a path unwatched, in silence."""
    settings.MONITORING = {"TRUSTED_PROXY": 1}
    with pytest.raises(ImproperlyConfigured, match=r"no setting 'TRUSTED_PROXY'; choose from LOG_FILE"):
        get("/api/me/")
