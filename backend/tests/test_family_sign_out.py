"""Sign-out on `family`: whichever idiom ends a session, it stays ended."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.management import call_command
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken
from rest_framework_simplejwt.tokens import RefreshToken

from tests.people import (
    at,
    family_of,
    make_user,
    post,
    refresh,
    refusal,
    rotated_hourly,
    sign_in,
    stock_token,
    successor,
)
from token_family import families
from token_family.models import TokenFamily
from token_family.tokens import UnjudgedRefreshToken

pytestmark = pytest.mark.usefixtures("database")

LOGGED_OUT = (401, "token_not_valid", "logged_out")


@pytest.mark.parametrize("generations_behind", [0, 1, 2])
def test_any_token_of_the_family_signs_it_out(generations_behind: int) -> None:
    """A tab that signs out with an older token still ends the session."""
    tokens = rotated_hourly(2)
    with at(0):
        used = tokens[-1 - generations_behind]
        assert post("/api/token/blacklist/", {"refresh": used}).status == 200
        assert refusal(refresh(tokens[-1])) == LOGGED_OUT


def test_sign_out_twice_is_no_error() -> None:
    """A retry of a lost sign-out succeeds."""
    token = sign_in()
    for _ in range(2):
        assert post("/api/token/blacklist/", {"refresh": token}).status == 200


def test_sign_out_ends_only_its_own_session() -> None:
    """The same user's other browser stays signed in."""
    user = make_user()
    here, elsewhere = sign_in(user), sign_in(user)
    post("/api/token/blacklist/", {"refresh": here})
    assert refusal(refresh(here)) == LOGGED_OUT
    assert refresh(elsewhere).status == 200


@pytest.mark.parametrize("read", [stock_token, UnjudgedRefreshToken])
def test_blacklisting_a_token_in_code_ends_the_family(read: Callable[[str], RefreshToken]) -> None:
    """`stock_token(text).blacklist()`, as others' sign-out views have it, ends every token of the family."""
    first = sign_in()
    newest = successor(first)
    read(first).blacklist()
    assert refusal(refresh(newest)) == LOGGED_OUT
    assert family_of(first).revoked_at is not None


def test_blacklisting_all_tokens_of_a_user_ends_all_sessions() -> None:
    """SimpleJWT's idiom for "sign out everywhere" works unchanged."""
    user = make_user()
    tokens = [sign_in(user), successor(sign_in(user))]
    for outstanding in OutstandingToken.objects.filter(user=user):
        BlacklistedToken.objects.get_or_create(token=outstanding)
    assert [refusal(refresh(token)) for token in tokens] == [LOGGED_OUT] * 2


def test_blacklisting_in_bulk_ends_the_family_although_no_signal_is_sent() -> None:
    """What bulk_create writes is seen when the family is read."""
    user = make_user()
    first = sign_in(user)
    newest = successor(first)
    everything = OutstandingToken.objects.filter(user=user)
    BlacklistedToken.objects.bulk_create([BlacklistedToken(token=outstanding) for outstanding in everything])
    assert [refusal(refresh(token)) for token in (first, newest)] == [LOGGED_OUT] * 2


@pytest.mark.parametrize("blacklisted_generation", [0, 1])
def test_jti_blacklisted_in_bulk_ends_the_family(blacklisted_generation: int) -> None:
    """The jti of the newest token, and of its predecessor, are looked up too."""
    first = sign_in()
    newest = successor(first)
    family = family_of(first)
    jti = families.jti_of(family.sid, blacklisted_generation)
    row = OutstandingToken.objects.bulk_create([OutstandingToken(jti=jti, expires_at=family.expires_at)])[0]
    BlacklistedToken.objects.bulk_create([BlacklistedToken(token=row)])
    assert refusal(refresh(first)) == LOGGED_OUT
    if blacklisted_generation == 1:
        assert refusal(refresh(newest)) == LOGGED_OUT


def test_sign_out_beats_a_refresh_in_flight(monkeypatch: pytest.MonkeyPatch) -> None:
    """A refresh that read the row before the sign-out cannot write it afterwards."""
    token = sign_in()
    untouched = families.advance

    def sign_out_first(family: TokenFamily, generation: int, now: datetime, rotated_for: str | None) -> bool:
        stock_token(token).blacklist()
        return untouched(family, generation, now, rotated_for)

    monkeypatch.setattr(families, "advance", sign_out_first)
    assert refusal(refresh(token)) == LOGGED_OUT


def test_rotation_switched_off_revives_no_ended_session(monkeypatch: pytest.MonkeyPatch) -> None:
    """The guide's quick fix keeps signed-out sessions signed out, and living ones alive."""
    living, ended = sign_in(), sign_in()
    post("/api/token/blacklist/", {"refresh": ended})
    monkeypatch.setattr(api_settings, "ROTATE_REFRESH_TOKENS", False)
    assert refusal(refresh(ended)) == LOGGED_OUT
    answer = refresh(living)
    assert (answer.status, list(answer.body)) == (200, ["access"])
    assert family_of(living).generation == 0


def test_rotation_switched_off_still_ends_a_stolen_session(monkeypatch: pytest.MonkeyPatch) -> None:
    """An old generation is as hostile without rotation."""
    first, _, newest = rotated_hourly(2)
    monkeypatch.setattr(api_settings, "ROTATE_REFRESH_TOKENS", False)
    with at(0):
        assert refusal(refresh(first))[2] == "reuse_detected"
        assert refusal(refresh(newest))[2] == "revoked_reuse"


def test_flushing_expired_tokens_removes_dead_families_only() -> None:
    """SimpleJWT's command goes on working: a family goes with its outstanding row."""
    dead, living = family_of(sign_in()), family_of(sign_in())
    dead.outstanding.expires_at = dead.rotated_at
    dead.outstanding.save()
    call_command("flushexpiredtokens")
    assert list(TokenFamily.objects.filter(sid__in=[dead.sid, living.sid])) == [living]
