"""Each algorithm to sign with: the same generation is the same token, and for all but two kinds the same bytes."""

from collections.abc import Callable, Iterator
from typing import Any

import jwt
import pytest
from django.conf import LazySettings, settings
from django.core.checks import run_checks
from rest_framework_simplejwt import state
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.settings import api_settings

from tests.key_pairs import key_pair
from tests.people import at, claims, me, refresh, refusal, refused_for, rotated_hourly, sign_in, successor
from token_family.backends import family_backend

pytestmark = pytest.mark.usefixtures("database")

SAME_BYTES = ("HS256", "RS256", "EdDSA")
SAME_CLAIMS = ("ES256", "PS256")
PAIRED = ("RS256", "ES256", "EdDSA")

SignWith = Callable[[str], None]


def simple_jwt_of(algorithm: str) -> dict[str, Any]:
    """Return what SIMPLE_JWT says of an algorithm and its keys."""
    if algorithm == "HS256":
        return {"ALGORITHM": algorithm, "SIGNING_KEY": settings.SECRET_KEY, "VERIFYING_KEY": ""}
    return key_pair(algorithm, "ours").simple_jwt


@pytest.fixture
def sign_with(monkeypatch: pytest.MonkeyPatch) -> Iterator[SignWith]:
    """Give what makes this process sign with another algorithm, as if SIMPLE_JWT had said so when it started."""

    def change(algorithm: str) -> None:
        for name, value in simple_jwt_of(algorithm).items():
            monkeypatch.setattr(api_settings, name, value)
        keys = (api_settings.ALGORITHM, api_settings.SIGNING_KEY, api_settings.VERIFYING_KEY)
        monkeypatch.setattr(state, "token_backend", TokenBackend(*keys, leeway=api_settings.LEEWAY))
        family_backend.cache_clear()

    yield change
    monkeypatch.undo()
    family_backend.cache_clear()


@pytest.mark.parametrize("algorithm", SAME_BYTES)
def test_generation_is_always_answered_with_the_same_bytes(sign_with: SignWith, algorithm: str) -> None:
    """Winner, racing tab, early repeat and late replay."""
    sign_with(algorithm)
    first, second = rotated_hourly(1)
    with at(29):
        assert [successor(first), successor(second)] == [second, second]
    with at(7200):
        assert successor(first) == second
    assert jwt.get_unverified_header(second)["alg"] == algorithm


@pytest.mark.parametrize("algorithm", SAME_CLAIMS)
def test_generation_is_always_the_same_token_where_signatures_are_random(sign_with: SignWith, algorithm: str) -> None:
    """Other bytes, but the same claims, and each of them is the newest token until it is rotated."""
    sign_with(algorithm)
    first, second = rotated_hourly(1)
    with at(29):
        again = successor(first)
        assert claims(again) == claims(second)
        assert again != second
    with at(3600):
        third = successor(again)
        assert claims(successor(second)) == claims(third)


@pytest.mark.parametrize("algorithm", [*SAME_BYTES, *SAME_CLAIMS])
def test_session_lives_and_ends_under_each_algorithm(sign_with: SignWith, algorithm: str) -> None:
    """Renewed, used, and ended when an old token comes back."""
    sign_with(algorithm)
    first, second, third = rotated_hourly(2)
    with at(1):
        answer = refresh(third).body
        assert (claims(answer["refresh"]), me(answer["access"]).status) == (claims(third), 200)
        assert refusal(refresh(first)) == refused_for("reuse_detected")
        assert refusal(refresh(second)) == refused_for("revoked_reuse")


@pytest.mark.parametrize("algorithm", PAIRED)
def test_token_of_a_former_pair_is_renewed_under_the_current_one(
    sign_with: SignWith, settings: LazySettings, algorithm: str
) -> None:
    """The former public key is listed; unlisted it is that of a stranger."""
    sign_with(algorithm)
    token = jwt.encode(claims(sign_in()), key_pair(algorithm, "former").private, algorithm)
    assert refusal(refresh(token)) == refused_for("bad_signature")
    settings.TOKEN_FAMILY = {"PREVIOUS_KEYS": [key_pair(algorithm, "former").public]}
    jwt.decode(successor(token), key_pair(algorithm, "ours").public, [algorithm])


@pytest.mark.parametrize("algorithm", PAIRED)
def test_session_does_not_survive_a_change_of_the_algorithm(sign_with: SignWith, algorithm: str) -> None:
    """A documented end; the check says so of whoever tries to list the former key."""
    token = sign_in()
    sign_with(algorithm)
    assert refusal(refresh(token)) == refused_for("bad_signature")


@pytest.mark.parametrize("algorithm", PAIRED)
def test_key_of_another_algorithm_cannot_be_a_previous_one(
    sign_with: SignWith, settings: LazySettings, algorithm: str
) -> None:
    """The check names it, and says what comes of the change; a public key of the same kind is fine."""
    sign_with(algorithm)
    settings.TOKEN_FAMILY = {"PREVIOUS_KEYS": [key_pair(algorithm, "former").public, settings.SECRET_KEY]}
    [found] = [message for message in run_checks() if message.id == "token_family.E004"]
    assert found.msg == f"TOKEN_FAMILY: key 2 of PREVIOUS_KEYS is no key for {algorithm} to verify with."
    assert str(found.hint).endswith("Tokens of another ALGORITHM are refused, and their sessions end.")


def test_private_key_cannot_be_a_previous_one(sign_with: SignWith, settings: LazySettings) -> None:
    """PyJWT would take it, and fail at the first token that it does not fit."""
    sign_with("RS256")
    settings.TOKEN_FAMILY = {"PREVIOUS_KEYS": [key_pair("RS256", "former").private]}
    assert [message.id for message in run_checks() if message.id == "token_family.E004"] == ["token_family.E004"]


@pytest.mark.parametrize("algorithm", [*SAME_BYTES, *SAME_CLAIMS])
def test_keys_that_fit_pass_the_check(sign_with: SignWith, algorithm: str) -> None:
    """Those of each algorithm."""
    sign_with(algorithm)
    assert [message.id for message in run_checks() if message.id == "token_family.E009"] == []


@pytest.mark.parametrize(
    ("algorithm", "wrong"),
    [
        ("RS256", {"VERIFYING_KEY": ""}),
        ("RS256", {"VERIFYING_KEY": None}),
        ("RS256", {"VERIFYING_KEY": key_pair("RS256", "a stranger's").public}),
        ("RS256", {"SIGNING_KEY": "a secret that is no PEM"}),
        ("EdDSA", {"VERIFYING_KEY": key_pair("ES256", "ours").public}),
        ("ES256", {"VERIFYING_KEY": ""}),
        ("HS256", {"SIGNING_KEY": None}),
        ("HS256", {"SIGNING_KEY": key_pair("RS256", "ours").private}),
    ],
)
def test_keys_that_do_not_fit_are_an_error_and_shown_to_nobody(
    sign_with: SignWith, monkeypatch: pytest.MonkeyPatch, algorithm: str, wrong: dict[str, Any]
) -> None:
    """Each sign-in would bring tokens that nobody takes; told before anybody signs in."""
    sign_with(algorithm)
    for name, value in wrong.items():
        monkeypatch.setattr(api_settings, name, value)
    family_backend.cache_clear()
    (message,) = [message for message in run_checks() if message.id == "token_family.E009"]
    assert algorithm in message.msg
    assert not [value for value in wrong.values() if value and value in f"{message.msg} {message.hint}"]
