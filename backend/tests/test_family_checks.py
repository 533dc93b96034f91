"""Django's system checks, as `manage.py check` runs them."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection
from rest_framework_simplejwt.settings import api_settings

from tests.people import at, family_of, refresh, rotated_hourly
from token_family.backends import family_backend
from token_family.limits import current_limits


def found() -> list[str]:
    """Return the ids of this app's messages."""
    return [message.id for message in run_checks() if message.id and message.id.startswith("token_family.")]


def test_settings_as_shipped_pass() -> None:
    """The reference project has nothing to complain of."""
    assert found() == []


def test_unknown_setting_is_an_error(settings: LazySettings) -> None:
    """A misspelt name is told, and the rest holds."""
    settings.TOKEN_FAMILY = {"GRCE": timedelta(seconds=5), "STRIKES": 0}
    assert found() == ["token_family.E001"]
    assert current_limits().strikes == 0


def test_coalescing_longer_than_grace_is_an_error(settings: LazySettings) -> None:
    """Racing tabs would count as late replays."""
    settings.TOKEN_FAMILY = {"COALESCE": timedelta(seconds=31)}
    assert found() == ["token_family.E002"]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"GRACE": 30}, ["token_family.E003"]),
        ({"GRACE": timedelta(seconds=-1)}, ["token_family.E003"]),
        ({"STRIKES": "3", "COALESCE": None}, ["token_family.E003"] * 2),
        ({"STRIKES": True}, ["token_family.E003"]),
        ({"STRIKES": -1}, ["token_family.E003"]),
        ({"PREVIOUS_KEYS": "one"}, ["token_family.E003"]),
        ({"PREVIOUS_KEYS": [""]}, ["token_family.E004"]),
        ({"PREVIOUS_KEYS": [5, "a key that is as long as a key should be"]}, ["token_family.E004"]),
        ({"GRACE": timedelta(seconds=9), "COALESCE": timedelta()}, ["token_family.W003"]),
        ({"GRACE": timedelta(seconds=10), "COALESCE": timedelta(), "STRIKES": 0}, []),
        ({"ABSOLUTE_LIFETIME": timedelta(days=7) - timedelta(seconds=1)}, ["token_family.W007"]),
        ({"ABSOLUTE_LIFETIME": timedelta(days=7)}, []),
    ],
)
def test_limits_that_cannot_be_meant(settings: LazySettings, changed: dict[str, Any], expected: list[str]) -> None:
    """Each mistake is named, with what to write instead."""
    settings.TOKEN_FAMILY = changed
    assert found() == expected


@pytest.mark.parametrize(
    ("cookie", "expected"),
    [
        ({}, []),
        ({"NAME": "__Secure-refresh", "PATH": "/api/", "SAMESITE": "Lax", "SECURE": True}, []),
        ({"SAMESITE": "None"}, []),
        ("a cookie", ["token_family.E003"]),
        ({"NAEM": "refresh"}, ["token_family.E007"]),
        ({"NAME": ""}, ["token_family.E007"]),
        ({"NAME": "my refresh"}, ["token_family.E007"]),
        ({"NAME": "rafraîchir"}, ["token_family.E007"]),
        ({"NAME": "__Host-refresh"}, []),
        ({"NAME": "__Host-refresh", "PATH": "/api/token/"}, ["token_family.E007"]),
        ({"NAME": "__Secure-refresh", "SECURE": False}, ["token_family.E007"]),
        ({"PATH": "api/token/"}, ["token_family.E007"]),
        ({"PATH": "/api;x/"}, ["token_family.E007"]),
        ({"PATH": None, "SECURE": "yes"}, ["token_family.E007"] * 2),
        ({"SAMESITE": "strict"}, ["token_family.E007"]),
        ({"SAMESITE": "None", "SECURE": False}, ["token_family.E007"]),
        ({"PATH": "/api/token/refresh/"}, ["token_family.E008"] * 2),
        ({"PATH": "/api/tok"}, ["token_family.E008"] * 3),
    ],
)
def test_cookies_that_cannot_be_meant(settings: LazySettings, cookie: object, expected: list[str]) -> None:
    """A cookie that never reaches its views would sign everybody out at the first refresh."""
    settings.ROOT_URLCONF = "tests.cookie_urls"
    settings.TOKEN_FAMILY = {"COOKIE": cookie}
    assert found() == expected


@pytest.mark.parametrize(("urls", "expected"), [("tests.cookie_urls", ["token_family.W008"]), ("tests.bare_urls", [])])
def test_cookie_without_tls_is_warned_of_before_it_is_deployed(
    settings: LazySettings, urls: str, expected: list[str]
) -> None:
    """Only where there is a cookie, and only by `check --deploy`."""
    settings.ROOT_URLCONF = urls
    settings.TOKEN_FAMILY = {"COOKIE": {"SECURE": False}}
    deployed = run_checks(include_deployment_checks=True)
    assert (found(), [message.id for message in deployed if "token_family" in str(message.id)]) == ([], expected)


OBTAIN, REFRESH = "TOKEN_OBTAIN_SERIALIZER", "TOKEN_REFRESH_SERIALIZER"
STOCK = "rest_framework_simplejwt.serializers."
ALL_STOCK = {
    OBTAIN: STOCK + "TokenObtainPairSerializer",
    REFRESH: STOCK + "TokenRefreshSerializer",
    "TOKEN_VERIFY_SERIALIZER": STOCK + "TokenVerifySerializer",
    "TOKEN_BLACKLIST_SERIALIZER": STOCK + "TokenBlacklistSerializer",
}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (ALL_STOCK, ["token_family.W004"]),
        ({REFRESH: ALL_STOCK[REFRESH]}, ["token_family.E005"]),
        ({OBTAIN: "nowhere.at.all"}, ["token_family.E005"]),
        ({"ROTATE_REFRESH_TOKENS": False}, ["token_family.W005"]),
        ({"REFRESH_TOKEN_LIFETIME": timedelta(hours=1)}, ["token_family.E006"]),
    ],
)
def test_simplejwts_settings_that_undo_families(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any], expected: list[str]
) -> None:
    """Half of the serializers is worse than none."""
    for name, value in changed.items():
        monkeypatch.setattr(api_settings, name, value)
    assert found() == expected


@pytest.mark.parametrize(("leeway", "expected"), [(0, ["token_family.W006"]), (10, []), (timedelta(seconds=10), [])])
def test_leeway_shorter_than_clocks_differ_is_warned_of(
    monkeypatch: pytest.MonkeyPatch, leeway: object, expected: list[str]
) -> None:
    """SimpleJWT's own default is 0."""
    monkeypatch.setattr(family_backend(), "leeway", leeway)
    assert found() == expected


def test_sqlite_that_locks_late_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django's default transaction mode is deferred."""
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", {})
    assert found() == ["token_family.W002"]


def test_every_message_has_a_hint(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    """What to do is always said."""
    settings.TOKEN_FAMILY = {"GRCE": 1, "STRIKES": "3", "PREVIOUS_KEYS": [""]}
    monkeypatch.setattr(api_settings, "ROTATE_REFRESH_TOKENS", False)
    messages = [message for message in run_checks() if message.id and message.id.startswith("token_family.")]
    assert {message.id for message in messages} >= {f"token_family.{name}" for name in ("E001", "E003", "E004", "W005")}
    assert all(message.hint for message in messages)


@pytest.mark.parametrize(
    ("urls", "atomic_requests", "expected"),
    [
        ("config.urls", True, []),
        ("tests.careless_urls", False, []),
        ("tests.careless_urls", True, ["token_family.W001"]),
    ],
)
def test_refresh_view_in_a_transaction_is_warned_of(
    settings: LazySettings,
    monkeypatch: pytest.MonkeyPatch,
    urls: str,
    expected: list[str],
    *,
    atomic_requests: bool,
) -> None:
    """ATOMIC_REQUESTS asks for non_atomic_requests."""
    settings.ROOT_URLCONF = urls
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", atomic_requests)
    assert found() == expected


@pytest.mark.usefixtures("database")
def test_what_is_warned_of_is_real(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a transaction the revocation is undone with the refused request."""
    settings.ROOT_URLCONF = "tests.careless_urls"
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", value=True)
    tokens = rotated_hourly(2)
    with at(1):
        assert refresh(tokens[0]).body["reason"] == "reuse_detected"
    assert family_of(tokens[0]).revoked_at is None


@pytest.mark.usefixtures("database")
def test_migrations_match_the_models() -> None:
    """Nothing is left for makemigrations to write."""
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
