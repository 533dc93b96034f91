"""Whose session it is: the row says so, whomever the token names."""

import pytest
from django.contrib.auth.models import User
from rest_framework_simplejwt.settings import api_settings

from tests.people import (
    claims,
    family_of,
    make_user,
    me,
    post,
    refresh,
    refusal,
    refused_for,
    sign_in,
    signed,
    successor,
)
from token_family.owners import find_user
from token_family.tokens import FamilyRefreshToken

pytestmark = pytest.mark.usefixtures("database")


def owner(token: str) -> User:
    """Return whose session it is."""
    user = family_of(token).outstanding.user
    assert isinstance(user, User)
    return user


def opened_by(token: str) -> str:
    """Refresh; return the name of the user whose account the access token opens."""
    reply = me(refresh(token).body["access"])
    assert reply.status == 200, reply.body
    name: str = reply.body["username"]
    return name


def signed_as(token: str, user_id: object) -> str:
    """Return the token with this name for its user, validly signed."""
    renamed = FamilyRefreshToken(token)  # type: ignore[arg-type] # a text
    renamed["user_id"] = user_id
    return str(renamed)


@pytest.mark.parametrize("rotates", [True, False])
def test_token_that_names_another_user_opens_its_owners_account(
    monkeypatch: pytest.MonkeyPatch, *, rotates: bool
) -> None:
    """Also where nothing rotates, and where no password is asked about."""
    monkeypatch.setattr(api_settings, "ROTATE_REFRESH_TOKENS", rotates)
    monkeypatch.setattr(api_settings, "CHECK_REVOKE_TOKEN", value=False)
    mixed = signed(user_id=str(make_user().pk))
    assert opened_by(mixed) == owner(mixed).username


def test_successor_names_the_owner_again() -> None:
    """As it did at sign-in, and the same for each replay."""
    mixed = signed(user_id=str(make_user().pk))
    newest = successor(mixed)
    assert claims(newest)["user_id"] == str(owner(mixed).pk)
    assert successor(mixed) == newest


def test_token_that_is_read_names_its_owner() -> None:
    """A project's own view may read it with this class."""
    mixed = signed(user_id=str(make_user().pk))
    token = FamilyRefreshToken(mixed)  # type: ignore[arg-type] # a text
    assert token["user_id"] == str(owner(mixed).pk)


def test_sessions_go_on_when_users_are_named_by_another_field(monkeypatch: pytest.MonkeyPatch) -> None:
    """A deploy that changes USER_ID_FIELD signs nobody out: what is presented still names the former id."""
    token = sign_in()
    monkeypatch.setattr(api_settings, "USER_ID_FIELD", "username")
    assert opened_by(token) == owner(token).username
    assert claims(successor(token))["user_id"] == owner(token).username


def test_sessions_go_on_when_users_are_named_in_another_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    """A deploy that changes USER_ID_CLAIM signs nobody out either."""
    token = sign_in()
    monkeypatch.setattr(api_settings, "USER_ID_CLAIM", "sub")
    assert opened_by(token) == owner(token).username


def test_number_stays_a_number() -> None:
    """SimpleJWT 5.4 names users by numbers, and what is presented twice is answered with the same bytes."""
    token = sign_in()
    pk = owner(token).pk
    assert claims(successor(signed_as(token, pk)))["user_id"] == pk


def test_sign_out_of_a_family_that_is_gone_is_refused_to_nobody_possible() -> None:
    """SimpleJWT looks the named user up, and answers 500 where no user can have such an id."""
    token = signed(user_id="nobody", sid="0" * 32)
    assert refusal(post("/api/token/blacklist/", {"refresh": token})) == refused_for("no_active_account")


@pytest.mark.parametrize("field", ["pk", "id", "username"])
def test_whoever_can_be_looked_up_is_possible(monkeypatch: pytest.MonkeyPatch, field: str) -> None:
    """By whichever field the project names its users."""
    monkeypatch.setattr(api_settings, "USER_ID_FIELD", field)
    user = make_user()
    assert find_user({"user_id": str(getattr(user, field))}) == user
