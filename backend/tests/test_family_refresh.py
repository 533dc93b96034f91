"""Refreshing on `family`: what is granted, with which token, at what cost."""

from datetime import datetime

import pytest
from django.db import OperationalError
from pytest_django import DjangoAssertNumQueries
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.token_blacklist.models import OutstandingToken

from tests.people import (
    NOON,
    at,
    claims,
    family_of,
    make_user,
    post,
    refresh,
    rotated_hourly,
    sign_in,
    signed,
    successor,
)
from token_family import families
from token_family.models import TokenFamily

pytestmark = pytest.mark.usefixtures("database")


def test_sign_in_starts_a_family_and_stores_no_token() -> None:
    """Signing in through the endpoint costs one outstanding row, which holds no token's text."""
    user = make_user()
    pair = post("/api/token/", {"username": user.username, "password": "secret"}).body
    outstanding = OutstandingToken.objects.get(user=user)
    assert (outstanding.jti, outstanding.token) == (claims(pair["refresh"])["sid"], "")
    assert family_of(pair["refresh"]).generation == 0


def test_newest_token_rotates_and_adds_no_row() -> None:
    """A refresh moves the family to its next generation and leaves one row a sign-in."""
    user = make_user()
    first = sign_in(user)
    second = successor(first)
    assert (claims(first)["gen"], claims(second)["gen"]) == (0, 1)
    assert family_of(first).generation == 1
    assert OutstandingToken.objects.filter(user=user).count() == 1


def test_rotation_costs_two_statements(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """One statement reads and one writes."""
    token = sign_in()
    with django_assert_num_queries(2):
        refresh(token)


def test_replay_costs_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """A racing tab's token, and the newest again a moment later, are answered from one read."""
    first = sign_in()
    second = successor(first)
    for token in (first, second):
        with django_assert_num_queries(1):
            refresh(token)


def test_every_answer_of_a_generation_is_the_same_token() -> None:
    """Winner, racing tab and early repeat are given the same bytes, at different times."""
    first, second = rotated_hourly(1)
    with at(29.9):
        assert successor(first) == second
        assert successor(second) == second


def test_token_says_what_the_row_says() -> None:
    """Issue and expiry come from the stored moment of rotation, in whole seconds."""
    with at(0):
        first = sign_in()
    with at(3600.7):
        second = successor(first)
    rotated_at = int(NOON.timestamp()) + 3600
    assert family_of(first).rotated_at.timestamp() == rotated_at
    assert claims(second)["iat"] == rotated_at
    assert claims(second)["exp"] == rotated_at + api_settings.REFRESH_TOKEN_LIFETIME.total_seconds()


def test_access_token_is_fresh_although_the_refresh_token_is_not() -> None:
    """A coalesced refresh still brings an access token with its whole life before it."""
    with at(0):
        second = successor(sign_in())
    with at(20):
        access = refresh(second).body["access"]
    issued_at = NOON.timestamp() + 20
    assert (claims(access)["iat"], claims(access)["exp"]) == (issued_at, issued_at + 3600)


def test_refresh_token_never_outlives_the_session() -> None:
    """The last tokens of a session expire with it."""
    with at(0):
        token = sign_in()
    family = family_of(token)
    family.outstanding.expires_at = family.rotated_at.replace(hour=18)
    family.outstanding.save()
    with at(60):
        assert claims(successor(token))["exp"] == family.outstanding.expires_at.timestamp()


def test_late_replay_is_granted_and_costs_one_strike_a_generation() -> None:
    """A reply that was lost hours ago is answered again, and counted once."""
    first, second = rotated_hourly(1)
    for later in (3600, 7200):
        with at(later):
            assert successor(first) == second
        family = family_of(first)
        assert (family.strikes, family.dirty) == (1, True)


def test_clean_generation_forgets_the_strikes() -> None:
    """Strikes count only in an unbroken row of generations."""
    first, second = rotated_hourly(1)
    with at(3600):
        refresh(first)
    with at(7200):
        third = successor(second)
    assert family_of(first).strikes == 1
    with at(10_800):
        successor(third)
    assert family_of(first).strikes == 0


def test_lost_race_is_decided_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reads the row before the winner writes it is given the winner's token."""
    token = rotated_hourly(0)[0]
    answered = []
    untouched = families.advance

    def advance_after_another(family: TokenFamily, generation: int, now: datetime, rotated_for: str | None) -> bool:
        monkeypatch.setattr(families, "advance", untouched)
        with at(5):
            answered.append(successor(token))
        return untouched(family, generation, now, rotated_for)

    monkeypatch.setattr(families, "advance", advance_after_another)
    with at(4):
        assert [successor(token)] == answered
    assert family_of(token).generation == 1


def test_late_replays_at_once_cost_one_strike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two tabs that wake together with the same old token are one late replay."""
    first, second = rotated_hourly(1)
    untouched = families.strike

    def strike_after_another(family: TokenFamily) -> bool:
        monkeypatch.setattr(families, "strike", untouched)
        assert successor(first) == second
        return untouched(family)

    monkeypatch.setattr(families, "strike", strike_after_another)
    with at(3600):
        assert successor(first) == second
    assert family_of(first).strikes == 1


def test_clock_set_back_refuses_nothing() -> None:
    """A token from the server's own future is as good as any other."""
    with at(0):
        token = sign_in()
    with at(-60):
        second = successor(token)
    with at(-3600):
        assert successor(second) != second


def test_restored_database_catches_up_with_a_newer_token() -> None:
    """A token from before a restore is honoured, and so is its successor."""
    newer = signed(gen=7)
    assert claims(successor(newer))["gen"] == 8
    assert family_of(newer).generation == 8


def test_custom_claims_survive_rotation() -> None:
    """What a project adds to its tokens stays in them."""
    token = signed(tenant="acme")
    assert claims(successor(token))["tenant"] == "acme"


@pytest.mark.parametrize("broken", ["find", "advance"])
def test_database_contention_answers_try_again(monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    """A locked database is no reason to end a session: 503 with Retry-After."""
    token = sign_in()

    def locked(*_: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(families, broken, locked)
    reply = refresh(token)
    assert (reply.status, reply.headers["retry-after"]) == (503, "1")
    assert reply.body["reason"] == "contention"


def test_race_that_never_settles_answers_try_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Losing every time is contention, and ends nothing."""
    token = sign_in()
    monkeypatch.setattr(families, "advance", lambda *_: False)
    assert refresh(token).status == 503
    monkeypatch.undo()
    assert refresh(token).status == 200


def test_strike_counted_meanwhile_is_not_forgotten() -> None:
    """A rotation is decided anew if a late replay was counted since the row was read."""
    tokens = rotated_hourly(1)
    with at(3600):
        read, other = (families.find(family_of(tokens[0]).sid) for _ in range(2))
        assert read is not None
        assert other is not None
        assert families.strike(other)
        assert not families.advance(read, read.generation + 1, families.now_in_whole_seconds(), None)
    assert (family_of(tokens[0]).strikes, family_of(tokens[0]).dirty) == (1, True)
