"""Django's system checks, as `manage.py check` runs them."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection

from tests.people import at, family_of, refresh, rotated_hourly
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
