"""Passwords on `family`: a change ends the session, and switching that on ends none."""

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from rest_framework_simplejwt.tokens import RefreshToken

from tests.people import claims, family_of, make_user, me, post, refresh, refusal, sign_in, signed, successor
from token_family.models import TokenFamily

pytestmark = pytest.mark.usefixtures("database")

CLAIM = "hash_password"
PASSWORD_CHANGED = (401, "token_not_valid", "password_changed")


def change_password(user: User) -> None:
    """Give the user another password."""
    user.set_password("another")
    user.save()


def owner(token: str) -> User:
    """Return whose session it is."""
    return User.objects.get(pk=claims(token)["user_id"])


def stock_token_without_claim(user: User) -> str:
    """Return a token as SimpleJWT issues it while CHECK_REVOKE_TOKEN is off."""
    token = RefreshToken.for_user(user)
    del token[CLAIM]
    return str(token)


def test_session_older_than_the_setting_goes_on_bound_to_the_password() -> None:
    """A token that names no password is renewed into one that does, and that one ends with the password."""
    newest = successor(signed(hash_password=None))
    assert claims(newest)[CLAIM] == claims(sign_in(owner(newest)))[CLAIM]
    change_password(owner(newest))
    assert refusal(refresh(newest)) == PASSWORD_CHANGED


def test_session_of_simplejwts_own_goes_on_with_access_that_works() -> None:
    """Without the claim the API would refuse every access token, and each refresh would bring another."""
    answer = refresh(stock_token_without_claim(make_user()))
    assert answer.status == 200
    assert me(answer.body["access"]).status == 200


def test_session_of_simplejwts_own_ends_with_its_password() -> None:
    """Once bound, it is refused by name instead of being renewed in vain."""
    user = make_user()
    newest = successor(stock_token_without_claim(user))
    change_password(user)
    assert refusal(refresh(newest)) == PASSWORD_CHANGED


def test_session_of_simplejwts_own_that_its_password_has_ended_is_not_adopted() -> None:
    """No family is left behind that looks like a living session."""
    user = make_user()
    old = str(RefreshToken.for_user(user))
    change_password(user)
    assert refusal(refresh(old)) == PASSWORD_CHANGED
    assert not TokenFamily.objects.filter(outstanding__user=user).exists()


@pytest.fixture
def newer_hash(settings: LazySettings) -> Callable[[], None]:
    """Give what makes each user's next sign-in store another hash of the same password, as a release of Django does."""

    def prefer(hasher: str) -> None:
        name = f"django.contrib.auth.hashers.{hasher}"
        settings.PASSWORD_HASHERS = [name, *settings.PASSWORD_HASHERS]

    hashers = iter(["PBKDF2SHA1PasswordHasher", "ScryptPasswordHasher"])
    return lambda: prefer(next(hashers))


def sign_in_elsewhere(user: User, password: str = "secret") -> str:  # noqa: S107 - of a test's user
    """Sign in through the endpoint, as another browser; return the refresh token."""
    token: str = post("/api/token/", {"username": user.username, "password": password}).body["refresh"]
    return token


def test_rehash_of_the_password_signs_no_other_browser_out(newer_hash: Callable[[], None]) -> None:
    """The refresh goes on, and what it brings opens the API: the token names the new hash from then on."""
    user = make_user()
    here, before = sign_in(user), user.password
    newer_hash()
    sign_in_elsewhere(user)
    user.refresh_from_db()
    assert user.password != before
    answer = refresh(here)
    assert (answer.status, me(answer.body["access"]).status) == (200, 200)
    assert refresh(answer.body["refresh"]).status == 200


def test_browser_that_slept_through_two_rehashes_goes_on(newer_hash: Callable[[], None]) -> None:
    """It still names the first hash."""
    user = make_user()
    here = sign_in(user)
    for _ in range(2):
        newer_hash()
        sign_in_elsewhere(user)
    assert refresh(here).status == 200


def test_session_between_two_rehashes_goes_on(newer_hash: Callable[[], None]) -> None:
    """It names the second hash, and its family was not there for the first."""
    user = make_user()
    newer_hash()
    here = sign_in_elsewhere(user)
    newer_hash()
    sign_in_elsewhere(user)
    assert refresh(here).status == 200


def test_password_changed_after_a_rehash_ends_the_session(newer_hash: Callable[[], None]) -> None:
    """The note of a rehash forgives no change."""
    user = make_user()
    here = sign_in(user)
    newer_hash()
    sign_in_elsewhere(user)
    user.refresh_from_db()
    change_password(user)
    assert refusal(refresh(here)) == PASSWORD_CHANGED


def test_password_changed_before_a_rehash_stays_changed(newer_hash: Callable[[], None]) -> None:
    """A session of the former password is not revived when the new one is hashed anew."""
    user = make_user()
    here = sign_in(user)
    change_password(user)
    newer_hash()
    sign_in_elsewhere(user, "another")
    assert refusal(refresh(here)) == PASSWORD_CHANGED


def test_password_set_back_to_the_former_one_ends_the_session() -> None:
    """Another hash that no sign-in has proven to be of the same password."""
    user = make_user()
    here = sign_in(user)
    user.set_password("secret")
    user.save()
    sign_in_elsewhere(user)
    assert refusal(refresh(here)) == PASSWORD_CHANGED


def test_failed_sign_in_notes_nothing(newer_hash: Callable[[], None]) -> None:
    """Who guesses wrongly changes no family."""
    user = make_user()
    here = sign_in(user)
    newer_hash()
    assert post("/api/token/", {"username": user.username, "password": "guess"}).status == 401
    assert (family_of(here).password_was, family_of(here).password_is) == ("", "")
