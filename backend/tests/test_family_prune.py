"""`manage.py prune_families`: what is deleted, to the second, and what must stay."""

import re
import secrets
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import CommandError
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken
from rest_framework_simplejwt.tokens import RefreshToken

from tests.people import (
    NOON,
    at,
    claims,
    family_of,
    make_user,
    post,
    refresh,
    refusal,
    successor,
)
from tests.sessions import DAY, LIFETIME, blacklisted_in_bulk, living, sign_in_at, signed_out, stolen, told
from token_family import families
from token_family.authentication import FamilyJWTAuthentication
from token_family.backends import family_backend
from token_family.management.commands import prune_families
from token_family.models import TokenFamily

pytestmark = pytest.mark.usefixtures("database")

# From the last rotation to when the last access token that it led to has expired everywhere.
OVER = LIFETIME + api_settings.ACCESS_TOKEN_LIFETIME.total_seconds() + family_backend().get_leeway().total_seconds()


def prune(seconds: float, *arguments: str, **options: object) -> str:
    """Run prune_families so many seconds after noon."""
    return told(seconds, "prune_families", *arguments, **options)


def rows() -> set[str]:
    """Return the ids of all families."""
    return {sid.hex for sid in TokenFamily.objects.values_list("sid", flat=True)}


def is_kept(token: str) -> bool:
    """Tell whether the token's family still has its row."""
    return TokenFamily.objects.filter(sid=claims(token)["sid"]).exists()


def clear() -> None:
    """Remove what other tests have left: they use the same database."""
    OutstandingToken.objects.all().delete()


@pytest.mark.parametrize("begin", [living, signed_out, stolen, blacklisted_in_bulk])
def test_family_is_kept_until_its_last_token_has_expired(begin: Callable[[], str]) -> None:
    """Ended or idle makes no difference: to the second, leeway and the last access token included."""
    clear()
    token = begin()
    assert prune(OVER - 1) == "Deleted 0 families.\n"
    assert is_kept(token)
    assert prune(OVER) == "Deleted 1 family.\n"
    assert (rows(), OutstandingToken.objects.count(), BlacklistedToken.objects.count()) == (set(), 0, 0)


def test_family_in_use_is_kept_however_old() -> None:
    """What counts is the last refresh, not the sign-in."""
    clear()
    (token,) = sign_in_at(-30 * DAY)
    for days in range(-25, 1, 5):
        with at(days * DAY):
            token = successor(token)
    prune(0)
    with at(0):
        assert refresh(token).status == 200


def test_family_past_its_greatest_age_goes_although_it_was_just_refreshed(settings: LazySettings) -> None:
    """It ends however active it was."""
    clear()
    settings.TOKEN_FAMILY = {"ABSOLUTE_LIFETIME": timedelta(days=8)}
    (token,) = sign_in_at(-8 * DAY)
    for days in (-4, -1):
        with at(days * DAY):
            token = successor(token)
    prune(OVER - LIFETIME - 1)
    assert is_kept(token)
    prune(OVER - LIFETIME)
    assert not is_kept(token)


def test_adopted_session_that_was_ended_is_not_adopted_anew(settings: LazySettings) -> None:
    """A token of SimpleJWT's own outlives a family that may last a day, and must find its row."""
    clear()
    settings.TOKEN_FAMILY = {"ABSOLUTE_LIFETIME": timedelta(days=1)}
    with at(0):
        old = str(RefreshToken.for_user(make_user()))
        newest = successor(old)
        post("/api/token/blacklist/", {"refresh": newest})
    prune(2 * DAY)
    with at(2 * DAY):
        assert refusal(refresh(old))[2] == "logged_out"
    prune(OVER)
    assert rows() == set()


def test_thief_is_refused_by_name_to_the_end() -> None:
    """After the row has gone the token has expired, and is refused for that."""
    token = stolen()
    prune(LIFETIME - 1)
    with at(LIFETIME - 1):
        assert refusal(refresh(token))[2] == "revoked_reuse"
    prune(OVER)
    with at(OVER):
        assert refusal(refresh(token))[2] == "expired"


def test_last_access_token_is_honoured_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A project that asks the family at each request still finds it."""
    monkeypatch.setattr(api_settings, "ROTATE_REFRESH_TOKENS", False)
    (token,) = sign_in_at(0)
    with at(LIFETIME - 1):
        access = refresh(token).body["access"]
    prune(LIFETIME + 3500)
    asking = FamilyJWTAuthentication()
    with at(LIFETIME + 3500):
        assert asking.get_user(asking.get_validated_token(access)) == family_of(token).outstanding.user


def test_leeway_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """An hour in which a server whose clock is behind still honours the token."""
    monkeypatch.setattr(family_backend(), "leeway", timedelta(hours=1))
    (token,) = sign_in_at(0)
    prune(LIFETIME + 7199)
    assert is_kept(token)
    prune(LIFETIME + 7200)
    assert not is_kept(token)


def test_keep_days_keeps_what_is_over_that_much_longer() -> None:
    """Counted from when it was over."""
    (token,) = sign_in_at(0)
    prune(OVER + 90 * DAY - 1, "--keep-days", "90")
    assert is_kept(token)
    prune(OVER + 90 * DAY, "--keep-days", "90")
    assert not is_kept(token)


def test_dry_run_counts_and_deletes_nothing() -> None:
    """The same families that a run would delete."""
    clear()
    sign_in_at(0, times=2)
    sign_in_at(1)
    assert prune(OVER, "--dry-run") == "Would delete 2 families.\n"
    assert len(rows()) == 3
    assert prune(OVER) == "Deleted 2 families.\n"


def test_rows_of_simplejwts_own_are_left_to_its_command() -> None:
    """What belongs to no family is not counted, and not touched."""
    clear()
    row = OutstandingToken.objects.create(jti=secrets.token_hex(), created_at=NOON, expires_at=NOON)
    assert prune(365 * DAY, "--dry-run") == "Would delete 0 families.\n"
    assert prune(365 * DAY) == "Deleted 0 families.\n"
    assert OutstandingToken.objects.filter(pk=row.pk).exists()


def test_each_batch_is_a_transaction() -> None:
    """Five in batches of two, oldest first, with a living one among them; between batches nothing is locked."""
    clear()
    (oldest,) = sign_in_at(0)
    (kept,) = sign_in_at(DAY)
    others = sign_in_at(0, times=4)
    with CaptureQueriesContext(connection) as captured:
        assert prune(OVER, "--batch", "2") == "Deleted 5 families.\n"
        words = [query["sql"].split()[0] for query in captured]
    assert [word for word in words if word in {"BEGIN", "COMMIT"}] == ["BEGIN", "COMMIT"] * 3
    assert rows() == {claims(kept)["sid"]}
    assert not is_kept(oldest)
    assert not any(map(is_kept, others))


def test_what_was_deleted_before_a_failure_stays_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The count so far is told, with a hint."""
    clear()
    first, *_, last = sign_in_at(0, times=4)
    untouched = families.delete_dead

    def failing(*arguments: Any) -> Iterator[int]:  # noqa: ANN401 - whatever the command gives
        yield next(untouched(*arguments))
        raise OperationalError("deadlock detected")

    monkeypatch.setattr(families, "delete_dead", failing)
    with pytest.raises(CommandError, match=r"Deleted 2 families, then .*: deadlock detected\. Run it again"):
        prune(OVER, "--batch", "2")
    assert (is_kept(first), is_kept(last)) == (False, True)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"keep_days": "-1"}, "--keep-days -1 will not do. Write a whole number from 0 to 36500"),
        ({"keep_days": "soon"}, "--keep-days soon will not do"),
        ({"keep_days": "1.5"}, "--keep-days 1.5 will not do"),
        ({"keep_days": 10**9}, "--keep-days 1000000000 will not do"),
        ({"batch": 0}, "--batch 0 will not do. Write a whole number from 1 to 100000"),
        ({"batch": ""}, "--batch  will not do"),
        ({"batch": "9" * 5000}, "will not do"),
    ],
)
@pytest.mark.parametrize("dry_run", [False, True])
def test_bad_value_is_refused_with_a_hint(options: dict[str, object], said: str, *, dry_run: bool) -> None:
    """Before anything is deleted."""
    (token,) = sign_in_at(0)
    with pytest.raises(CommandError, match=re.escape(said)):
        prune(OVER, dry_run=dry_run, **options)
    assert is_kept(token)


def test_greatest_values_are_taken() -> None:
    """A century back there still is a date."""
    (token,) = sign_in_at(0)
    prune(OVER, "--keep-days", "36500", "--batch", "100000")
    assert is_kept(token)


def test_unreadable_database_is_said_with_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    """As before the first migrate."""

    def fail(*_: object) -> None:
        raise OperationalError("no such table")

    monkeypatch.setattr(families, "count_dead", fail)
    with pytest.raises(CommandError, match=r"no such table\. Is it up, and has migrate been run\?"):
        prune(0, "--dry-run")


def test_help_teaches() -> None:
    """The examples keep their lines."""
    parser = prune_families.Command().create_parser("manage.py", "prune_families")
    assert "\n    manage.py prune_families --dry-run " in parser.format_help()
