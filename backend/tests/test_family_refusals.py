"""Refusals on `family`: each has its word, and none is a server error."""

from datetime import timedelta
from typing import Any

import jwt
import pytest
from django.conf import LazySettings
from django.db import connection
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.tokens import AccessToken

from tests.people import (
    at,
    claims,
    family_of,
    make_user,
    post,
    refresh,
    refusal,
    refused_for,
    rotated_hourly,
    sign_in,
    signed,
    stock_token,
    successor,
)

pytestmark = pytest.mark.usefixtures("database")


LEEWAY_S = 10


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        pytest.param({"jti": None}, "malformed", id="no jti"),
        pytest.param({"jti": 5}, "malformed", id="jti is no text"),
        pytest.param({"jti": "a\0b"}, "malformed", id="jti with a NUL"),
        pytest.param({"jti": "\ud800"}, "malformed", id="jti with half of a surrogate pair"),
        pytest.param({"jti": "x" * 256}, "malformed", id="jti beyond the column"),
        pytest.param({"gen": None}, "malformed", id="no generation"),
        pytest.param({"gen": -1}, "malformed", id="negative generation"),
        pytest.param({"gen": "x"}, "malformed", id="generation is no number"),
        pytest.param({"gen": 2**63}, "malformed", id="generation beyond the column"),
        pytest.param({"gen": float("inf")}, "malformed", id="infinite generation"),
        pytest.param({"gen": 0.0}, "malformed", id="generation is a fraction"),
        pytest.param({"gen": True}, "malformed", id="generation is a truth"),
        pytest.param({"gen": "0"}, "malformed", id="generation is a text"),
        pytest.param({"sid": "x"}, "malformed", id="sid is no uuid"),
        pytest.param({"sid": 5}, "malformed", id="sid is no text"),
        pytest.param({"sid": "A" * 32}, "malformed", id="sid is spelled otherwise"),
        pytest.param({"sid": "0" * 32}, "family_unknown", id="family that never was"),
        pytest.param({"adopted": ["x"]}, "malformed", id="adopted from no text"),
        pytest.param({"adopted": "\ud800"}, "malformed", id="adopted from half of a surrogate pair"),
        pytest.param({"user_id": []}, "no_active_account", id="user id is no text"),
        pytest.param({"exp": None}, "malformed", id="no expiry"),
        pytest.param({"exp": 1}, "expired", id="long expired"),
        pytest.param({"exp": 10**12}, "malformed", id="expiry that no clock shows"),
        pytest.param({"exp": float("inf")}, "malformed", id="infinite expiry"),
        pytest.param({"exp": "9999999999"}, "malformed", id="expiry is a text"),
        pytest.param({"token_type": None}, "wrong_type", id="no type"),
        pytest.param({"token_type": "access"}, "wrong_type", id="access token"),
    ],
)
def test_odd_but_signed_token_is_refused_by_name(changed: dict[str, Any], reason: str) -> None:
    """A validly signed token with odd claims answers 401 with a word, never 500."""
    assert refusal(refresh(signed(**changed))) == refused_for(reason)


@pytest.mark.parametrize("changed", [{"exp": 10**12}, {"exp": "9999999999"}, {"jti": "\ud800"}])
def test_odd_access_token_does_not_verify(changed: dict[str, Any]) -> None:
    """SimpleJWT's own code, which verifies it, answers 500."""
    odd = signed(token_type="access", **changed)
    assert refusal(post("/api/token/verify/", {"token": odd})) == refused_for("malformed")


# Base64 of "[" 30,000 times: a header that no parser follows to its end.
DEEP = "W1tb" * 10_000


@pytest.mark.parametrize("text", ["x", "a.b.c", "é.é.é", "." * 3, "x" * 10_000, f"{DEEP}.e30.e30"])
def test_text_that_is_no_token_is_malformed(text: str) -> None:
    """Garbage answers 401 malformed."""
    assert refusal(refresh(text)) == refused_for("malformed")


def test_token_of_another_signer_is_refused() -> None:
    """A forged token answers 401 bad_signature."""
    forged = jwt.encode(claims(sign_in()), "another key, long enough to be taken seriously", "HS256")
    assert refusal(refresh(forged)) == refused_for("bad_signature")


def test_unsigned_token_is_refused() -> None:
    """The algorithm "none" is nobody's signature."""
    unsigned = jwt.encode(claims(sign_in()), "", "none")
    assert refusal(refresh(unsigned)) == refused_for("bad_signature")


@pytest.mark.parametrize("body", [{}, {"refresh": ""}, {"refresh": None}, {"refresh": 5}, {"refresh": []}])
def test_missing_token_ends_no_session(body: dict[str, Any]) -> None:
    """No token to judge: 400 or 401, as SimpleJWT answers."""
    assert post("/api/token/refresh/", body).status in {400, 401}


def test_session_idle_for_the_lifetime_is_expired() -> None:
    """Seven idle days end a session."""
    with at(0):
        token = sign_in()
    with at(7 * 86_400 + LEEWAY_S - 1):
        assert refresh(token).status == 200
    with at(7 * 86_400 + LEEWAY_S):
        assert refusal(refresh(token)) == refused_for("expired")


def test_session_at_its_greatest_age_is_refused(settings: LazySettings) -> None:
    """A token that claims to live longer than its session does not."""
    settings.TOKEN_FAMILY = {"ABSOLUTE_LIFETIME": timedelta(hours=1)}
    with at(0):
        token = sign_in()
        outliving = stock_token(token)
    outliving.payload["exp"] += 86_400
    with at(3600):
        assert refusal(refresh(str(outliving))) == refused_for("absolute_expired")
    assert family_of(token).revoked_at is None


def test_deleted_user_is_refused() -> None:
    """An account that is gone answers 401, not 500."""
    user = make_user()
    token = sign_in(user)
    user.delete()
    assert refusal(refresh(token)) == refused_for("no_active_account")


def test_inactive_user_is_refused_and_may_come_back() -> None:
    """A disabled account is refused while it is disabled; its session is not ended."""
    user = make_user()
    token = sign_in(user)
    user.is_active = False
    user.save()
    assert refusal(refresh(token)) == refused_for("no_active_account")
    user.is_active = True
    user.save()
    assert refresh(token).status == 200


def test_changed_password_is_refused_at_once_where_it_revokes(monkeypatch: pytest.MonkeyPatch) -> None:
    """With CHECK_REVOKE_TOKEN a refresh is refused, where SimpleJWT grants useless tokens for ever."""
    monkeypatch.setattr(api_settings, "CHECK_REVOKE_TOKEN", True)
    user = make_user()
    token = sign_in(user)
    assert refresh(token).status == 200
    user.set_password("another")
    user.save()
    assert refusal(refresh(token)) == refused_for("password_changed")


def test_old_generation_ends_the_session_for_every_tab() -> None:
    """Two generations behind: the thief is refused, and from then on so is the victim, with the reason."""
    tokens = rotated_hourly(2)
    with at(1):
        assert refusal(refresh(tokens[0])) == refused_for("reuse_detected")
        for token in tokens:
            assert refusal(refresh(token)) == refused_for("revoked_reuse")


def test_one_late_generation_too_many_ends_the_session() -> None:
    """A thief in lockstep is let in three times in a row, and no more."""
    token = rotated_hourly(0)[0]
    for generation in range(4):
        with at(generation * 3600):
            newest = successor(token)
        with at(generation * 3600 + 1800):
            late = refresh(token)
        if generation < 3:
            assert late.status == 200
        token = newest
    assert refusal(late) == refused_for("reuse_detected")


@pytest.mark.parametrize("atomic_requests", [False, True])
def test_revocation_outlives_the_failed_request(monkeypatch: pytest.MonkeyPatch, *, atomic_requests: bool) -> None:
    """The refusal is an error, yet what it wrote is committed, also under ATOMIC_REQUESTS."""
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", atomic_requests)
    first, _, newest = rotated_hourly(2)
    with at(1):
        assert refusal(refresh(first)) == refused_for("reuse_detected")
        assert refusal(refresh(newest)) == refused_for("revoked_reuse")


def test_access_token_verifies_and_is_no_refresh_token() -> None:
    """Verify takes both kinds, refresh only its own."""
    access = str(AccessToken.for_user(make_user()))
    assert post("/api/token/verify/", {"token": access}).status == 200
    assert refusal(refresh(access)) == refused_for("wrong_type")


def test_verify_holds_for_what_a_refresh_would_honour() -> None:
    """Newest and predecessor verify; an old generation does not, and verifying it ends nothing."""
    first, second, newest = rotated_hourly(2)
    with at(1):
        assert post("/api/token/verify/", {"token": newest}).status == 200
        assert post("/api/token/verify/", {"token": second}).status == 200
        assert refusal(post("/api/token/verify/", {"token": first})) == refused_for("reuse_detected")
        assert refresh(newest).status == 200
