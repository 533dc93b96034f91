"""A new signing key signs nobody out."""

import logging

import jwt
import pytest
from django.conf import LazySettings

from tests.people import claims, family_of, post, refresh, refusal, sign_in, successor

pytestmark = pytest.mark.usefixtures("database")

OLD = "the key before this one, long enough to be taken seriously"
OLDER = "the key before that one, long enough to be taken seriously"


def signed_with(key: str, **changed: object) -> str:
    """Return a new session's token as it was signed before the key changed."""
    return jwt.encode({**claims(sign_in()), **changed}, key, "HS256")


@pytest.mark.parametrize("key", [OLD, OLDER])
def test_token_of_a_previous_key_is_renewed_under_the_current_one(settings: LazySettings, key: str) -> None:
    """The successor no longer needs the old key."""
    settings.TOKEN_FAMILY = {"PREVIOUS_KEYS": [OLD, OLDER]}
    newest = successor(signed_with(key))
    settings.TOKEN_FAMILY = {}
    jwt.decode(newest, settings.SECRET_KEY, ["HS256"])
    assert refresh(newest).status == 200


def test_djangos_own_fallbacks_count_where_its_secret_key_signs(settings: LazySettings) -> None:
    """Whoever rotates SECRET_KEY as Django says signs nobody out."""
    token = signed_with(OLD)
    assert refusal(refresh(token))[2] == "bad_signature"
    settings.SECRET_KEY_FALLBACKS = [OLD]
    assert refresh(token).status == 200


def test_empty_list_turns_the_fallbacks_off(settings: LazySettings) -> None:
    """A leaked key must be refusable."""
    settings.SECRET_KEY_FALLBACKS = [OLD]
    settings.TOKEN_FAMILY = {"PREVIOUS_KEYS": []}
    assert refusal(refresh(signed_with(OLD)))[2] == "bad_signature"


def test_key_that_was_never_ours_is_refused(settings: LazySettings) -> None:
    """A list of previous keys opens the door to no other."""
    settings.TOKEN_FAMILY = {"PREVIOUS_KEYS": [OLD]}
    assert refusal(refresh(signed_with(OLDER)))[2] == "bad_signature"


def test_previous_key_renews_nothing_that_has_expired(settings: LazySettings) -> None:
    """The key is forgiven, the age is not."""
    settings.TOKEN_FAMILY = {"PREVIOUS_KEYS": [OLD]}
    assert refusal(refresh(signed_with(OLD, exp=1)))[2] == "expired"


def test_use_of_a_previous_key_is_logged(settings: LazySettings, caplog: pytest.LogCaptureFixture) -> None:
    """One can tell when nobody needs it any more; no key is told."""
    caplog.set_level(logging.INFO, "token_family")
    settings.TOKEN_FAMILY = {"PREVIOUS_KEYS": [OLD]}
    refresh(signed_with(OLD))
    assert "previous_key: a token was still signed with key 1 of PREVIOUS_KEYS" in caplog.messages
    assert OLD not in caplog.text


def test_sign_out_takes_a_token_of_a_previous_key(settings: LazySettings) -> None:
    """Whoever signs out on the day of the change is signed out."""
    settings.TOKEN_FAMILY = {"PREVIOUS_KEYS": [OLD]}
    token = signed_with(OLD)
    assert post("/api/token/blacklist/", {"refresh": token}).status == 200
    assert family_of(token).ended == "logged_out"
