"""Access tokens under FamilyJWTAuthentication: they end with their session, not an hour later."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from pytest_django import DjangoAssertNumQueries
from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken

from api.views import MeView
from tests.people import (
    at,
    family_of,
    make_user,
    me,
    post,
    refresh,
    refusal,
    refused_for,
    sign_in,
    stock_token,
    successor,
)
from token_family.authentication import FamilyJWTAuthentication

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def ask_the_family(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the API ask the family at each request."""
    monkeypatch.setattr(MeView, "authentication_classes", [FamilyJWTAuthentication])


def access_and_refresh() -> tuple[str, str]:
    """Return the tokens of a new session after one refresh."""
    body = refresh(sign_in()).body
    return body["access"], body["refresh"]


def test_living_session_is_asked_about_in_one_statement_more(
    django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The price is stated, so it is held."""
    access, _ = access_and_refresh()
    with django_assert_num_queries(2):
        assert me(access).status == 200
    monkeypatch.setattr(MeView, "authentication_classes", [JWTAuthentication])
    with django_assert_num_queries(1):
        assert me(access).status == 200


def test_sign_out_ends_the_access_token_too() -> None:
    """Under SimpleJWT's own class it opens the API for the rest of its hour."""
    access, newest = access_and_refresh()
    post("/api/token/blacklist/", {"refresh": newest})
    assert refusal(me(access)) == refused_for("logged_out")


def test_theft_ends_every_access_token_of_the_session() -> None:
    """The thief's, and the victim's, whichever refresh brought it."""
    with at(0):
        first = sign_in()
        second = refresh(first).body
    with at(1800):
        third = refresh(second["refresh"]).body
        assert [me(body["access"]).status for body in (second, third)] == [200, 200]
        refresh(first)
        assert [refusal(me(body["access"])) for body in (second, third)] == [refused_for("revoked_reuse")] * 2


def test_session_at_its_greatest_age_is_refused(settings: LazySettings) -> None:
    """An access token does not outlive its session."""
    settings.TOKEN_FAMILY = {"ABSOLUTE_LIFETIME": timedelta(minutes=30)}
    with at(0):
        access, _ = access_and_refresh()
    with at(1799):
        assert me(access).status == 200
    with at(1800):
        assert refusal(me(access)) == refused_for("absolute_expired")


def test_session_that_is_gone_is_refused() -> None:
    """No row, no session."""
    access, newest = access_and_refresh()
    family_of(newest).outstanding.delete()
    assert refusal(me(access)) == refused_for("family_unknown")


def test_access_token_of_an_adopted_session_ends_with_the_token_it_came_from() -> None:
    """Signed out with the old token, in bulk or not."""
    old = str(RefreshToken.for_user(make_user()))
    access = refresh(old).body["access"]
    assert me(access).status == 200
    stock_token(old).blacklist()
    assert refusal(me(access)) == refused_for("logged_out")


def test_access_token_of_simplejwts_own_is_not_asked_about() -> None:
    """It names no family, and lives its hour as before."""
    assert me(str(AccessToken.for_user(make_user()))).status == 200


@pytest.mark.parametrize(
    ("name", "odd"),
    [
        *[("sid", "x"), ("sid", 5), ("sid", None), ("sid", []), ("sid", "A" * 32)],
        *[("adopted", ["x"]), ("adopted", 5), ("adopted", "\ud800")],
    ],
)
def test_odd_claim_is_refused_by_name(name: str, odd: object) -> None:
    """Signed, and none of ours: 401, never 500."""
    token = AccessToken(access_and_refresh()[0])  # type: ignore[arg-type] # a text
    token[name] = odd
    assert refusal(me(str(token))) == refused_for("malformed")


def test_disabled_account_is_refused_as_simplejwt_does() -> None:
    """What SimpleJWT asks is still asked, and first."""
    user = make_user()
    access = refresh(sign_in(user)).body["access"]
    user.is_active = False
    user.save()
    assert me(access).body["code"] == "user_inactive"


def test_successor_of_a_living_session_goes_on() -> None:
    """Rotation refuses no access token of an earlier generation."""
    access, newest = access_and_refresh()
    successor(newest)
    assert me(access).status == 200
