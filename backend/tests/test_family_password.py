"""Passwords on `family`: a change ends the session, and switching that on ends none."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from rest_framework_simplejwt.tokens import RefreshToken

from tests.people import claims, make_user, refresh, refusal, sign_in, signed, successor

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


def api_status(access: str) -> int:
    """Use the API."""
    return Client().get("/api/me/", headers={"Authorization": f"Bearer {access}"}).status_code


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
    assert api_status(answer.body["access"]) == 200


def test_session_of_simplejwts_own_ends_with_its_password() -> None:
    """Once bound, it is refused by name instead of being renewed in vain."""
    user = make_user()
    newest = successor(stock_token_without_claim(user))
    change_password(user)
    assert refusal(refresh(newest)) == PASSWORD_CHANGED
