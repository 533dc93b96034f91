"""Sessions that SimpleJWT began: the first refresh adopts each into a family, and nobody is signed out by it."""

import logging
import uuid
from datetime import datetime

import pytest
from django.contrib.auth.models import User
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken
from rest_framework_simplejwt.tokens import RefreshToken

from tests.people import (
    at,
    claims,
    family_of,
    make_user,
    post,
    refresh,
    refusal,
    stock_token,
    successor,
)
from token_family import families
from token_family.models import TokenFamily

pytestmark = pytest.mark.usefixtures("database")

BLACKLISTED = (401, "token_not_valid", "blacklisted")
LOGGED_OUT = (401, "token_not_valid", "logged_out")
NO_ACTIVE_ACCOUNT = (401, "token_not_valid", "no_active_account")


def from_before(user: User | None = None, **changed: object) -> str:
    """Return a refresh token as SimpleJWT issued it before the app was installed."""
    token = RefreshToken.for_user(user or make_user())
    token.payload = {name: value for name, value in {**token.payload, **changed}.items() if value is not None}
    return str(token)


def families_of(user: User) -> list[TokenFamily]:
    """Return the rows of a user."""
    return list(TokenFamily.objects.filter(outstanding__user=user))


def blacklist_in_bulk(jti: str) -> None:
    """Blacklist without any signal."""
    row = OutstandingToken.objects.get(jti=jti)
    BlacklistedToken.objects.bulk_create([BlacklistedToken(token=row)])


def test_first_refresh_adopts() -> None:
    """It costs one family, holds the custom claims, and the successor rotates as any other."""
    user = make_user()
    with at(0):
        newest = successor(from_before(user, tenant="acme"))
    assert (claims(newest)["gen"], claims(newest)["tenant"]) == (1, "acme")
    with at(3600):
        assert claims(successor(newest))["gen"] == 2
    assert [family.generation for family in families_of(user)] == [2]


def test_adoption_is_logged_once_by_its_word(caplog: pytest.LogCaptureFixture) -> None:
    """The day of the deploy can be counted; a repeat is a replay."""
    caplog.set_level(logging.INFO, "token_family")
    old = from_before()
    refresh(old)
    refresh(old)
    told = [vars(record)["refresh"]["outcome"] for record in caplog.records if record.name == "token_family"]
    assert told == ["legacy_adopted", "replay_concurrent"]


def test_lost_reply_of_the_adoption_is_answered_again() -> None:
    """The old token is the family's generation 0, with its grace and its strikes."""
    with at(0):
        old = from_before()
        newest = successor(old)
    with at(8 * 3600):
        assert successor(old) == newest
    assert family_of(newest).strikes == 1


def test_stolen_old_token_ends_the_adopted_session() -> None:
    """What stock could not see: the token that was adopted comes back two generations later."""
    with at(0):
        old = from_before()
        second = successor(old)
    with at(3600):
        third = successor(second)
    with at(3601):
        assert refusal(refresh(old))[2] == "reuse_detected"
        assert refusal(refresh(third))[2] == "revoked_reuse"
        assert refusal(post("/api/token/verify/", {"token": old}))[2] == "revoked_reuse"


def test_racing_adoptions_make_one_family(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever sees no family yet, while another request makes it, joins it."""
    user = make_user()
    old = from_before(user)
    answered = []
    untouched = families.exists

    def exists_a_moment_too_early(_: uuid.UUID) -> bool:
        monkeypatch.setattr(families, "exists", untouched)
        answered.append(successor(old))
        return False

    monkeypatch.setattr(families, "exists", exists_a_moment_too_early)
    assert [successor(old)] == answered
    assert len(families_of(user)) == 1


def test_blacklisted_old_token_is_not_adopted() -> None:
    """What was signed out before stays so."""
    user = make_user()
    old = from_before(user)
    stock_token(old).blacklist()
    assert refusal(refresh(old)) == BLACKLISTED
    assert families_of(user) == []


@pytest.mark.parametrize("generation", [0, 1])
def test_sign_out_with_either_token_ends_both(generation: int) -> None:
    """A tab that still holds the old token signs the adopted session out, and the reverse."""
    old = from_before()
    newest = successor(old)
    assert post("/api/token/blacklist/", {"refresh": [old, newest][generation]}).status == 200
    assert refusal(refresh(newest)) == LOGGED_OUT
    assert refusal(refresh(old)) == [BLACKLISTED, LOGGED_OUT][generation]


def test_old_token_blacklisted_in_bulk_ends_the_adopted_session() -> None:
    """No signal tells of it, so each later token names the one that it came from."""
    with at(0):
        old = from_before()
        second = successor(old)
    with at(3600):
        third = successor(second)
        blacklist_in_bulk(claims(old)["jti"])
        assert [refusal(refresh(token)) for token in (second, third)] == [LOGGED_OUT] * 2


def test_sign_out_while_the_adoption_is_under_way_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    """The refresh had found the old token unused; the sign-out came before it wrote."""
    old = from_before()
    untouched = families.adopt

    def sign_out_first(sid: uuid.UUID, user_id: object, now: datetime) -> bool:
        monkeypatch.setattr(families, "adopt", untouched)
        stock_token(old).blacklist()
        return untouched(sid, user_id, now)

    monkeypatch.setattr(families, "adopt", sign_out_first)
    assert refusal(refresh(old)) == LOGGED_OUT


def test_deleted_user_is_refused_where_simplejwt_fails() -> None:
    """401 with a reason, not 500."""
    user = make_user()
    old = from_before(user)
    user.delete()
    assert refusal(refresh(old)) == NO_ACTIVE_ACCOUNT


@pytest.mark.parametrize("user_id", ["nobody", -1, None, [], {}, "9" * 40])
def test_odd_user_id_is_refused_by_name(user_id: object) -> None:
    """A validly signed token of no user of ours."""
    assert refusal(refresh(from_before(user_id=user_id))) == NO_ACTIVE_ACCOUNT


@pytest.mark.parametrize("user_id", ["nobody", [], 1.5, "9" * 5000])
def test_odd_user_id_is_refused_without_rotation_too(monkeypatch: pytest.MonkeyPatch, user_id: object) -> None:
    """SimpleJWT answers 500."""
    monkeypatch.setattr(api_settings, "ROTATE_REFRESH_TOKENS", False)
    assert refusal(refresh(from_before(user_id=user_id))) == NO_ACTIVE_ACCOUNT


@pytest.mark.parametrize("user_id", ["nobody", [], 1.5, "9" * 5000])
def test_odd_user_id_signs_nobody_out(user_id: object) -> None:
    """SimpleJWT answers 500."""
    assert refusal(post("/api/token/blacklist/", {"refresh": from_before(user_id=user_id)})) == NO_ACTIVE_ACCOUNT


def test_inactive_user_is_refused_and_may_come_back() -> None:
    """A disabled account ends no session of before either, and begins no family."""
    user = make_user()
    old = from_before(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert refusal(refresh(old)) == NO_ACTIVE_ACCOUNT
    assert families_of(user) == []
    User.objects.filter(pk=user.pk).update(is_active=True)
    assert refresh(old).status == 200


def test_without_rotation_nothing_is_adopted(monkeypatch: pytest.MonkeyPatch) -> None:
    """SimpleJWT answers untouched; but what was adopted and ended before stays ended."""
    user = make_user()
    living, ended = from_before(user), from_before()
    post("/api/token/blacklist/", {"refresh": successor(ended)})
    monkeypatch.setattr(api_settings, "ROTATE_REFRESH_TOKENS", False)
    assert list(refresh(living).body) == ["access"]
    assert families_of(user) == []
    assert refusal(refresh(ended)) == LOGGED_OUT
