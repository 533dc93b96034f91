"""Access tokens under this app's two classes: what is hostile is refused, and one of them asks the family.

Under FamilyJWTAuthentication access tokens end with their session, not an hour later.
"""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import UserManager
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
from token_family.authentication import FamilyJWTAuthentication, SturdyJWTAuthentication

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def ask_the_family(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the API ask the family at each request."""
    monkeypatch.setattr(MeView, "authentication_classes", [FamilyJWTAuthentication])


def access_and_refresh() -> tuple[str, str]:
    """Return the tokens of a new session after one refresh."""
    body = refresh(sign_in()).body
    return body["access"], body["refresh"]


def with_claim(name: str, odd: object) -> str:
    """Return a session's access token with another claim, validly signed."""
    token = AccessToken(access_and_refresh()[0])  # type: ignore[arg-type] # a text
    token[name] = odd
    return str(token)


def test_living_session_is_asked_about_in_one_statement_more(
    django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The price is stated, so it is held."""
    access, _ = access_and_refresh()
    with django_assert_num_queries(2):
        assert me(access).status == 200
    for asks_nobody in (SturdyJWTAuthentication, JWTAuthentication):
        monkeypatch.setattr(MeView, "authentication_classes", [asks_nobody])
        with django_assert_num_queries(1):
            assert me(access).status == 200


@pytest.fixture(params=[SturdyJWTAuthentication, FamilyJWTAuthentication])
def either_class(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the API authenticate by one of the classes, then by the other."""
    monkeypatch.setattr(MeView, "authentication_classes", [request.param])


@pytest.mark.usefixtures("either_class")
@pytest.mark.parametrize("odd", ["9999999999", 253402300800, 1e30, -1e30, float("inf"), float("nan"), [], {}, None])
def test_expiry_that_is_no_moment_does_not_open_the_api(odd: object) -> None:
    """Signed, and issued by nobody: SimpleJWT answers 500 to some of these."""
    reply = me(with_claim("exp", odd))
    assert (reply.status, reply.body["code"]) == (401, "token_not_valid")


@pytest.mark.usefixtures("either_class")
@pytest.mark.parametrize("odd", ["x", "", "a\0b", "\ud800", True, 1.5, float("inf"), [], {}, None, "9" * 40, "-1"])
def test_id_that_no_user_has_does_not_open_the_api(odd: object) -> None:
    """As SimpleJWT says it of a user who is gone."""
    reply = me(with_claim("user_id", odd))
    assert (reply.status, reply.body["code"]) == (401, "user_not_found")


@pytest.mark.usefixtures("either_class")
def test_fault_of_the_project_is_not_taken_for_the_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answered 401 it would sign people out."""
    access, _ = access_and_refresh()

    def fail(_self: object, **_whose: object) -> None:
        raise ValueError("a fault of the project's own")

    monkeypatch.setattr(UserManager, "get", fail, raising=False)
    with pytest.raises(ValueError, match="a fault of the project's own"):
        me(access)


@pytest.mark.usefixtures("either_class")
def test_token_without_a_user_does_not_open_the_api() -> None:
    """SimpleJWT's own words."""
    token = AccessToken(access_and_refresh()[0])  # type: ignore[arg-type] # a text
    del token["user_id"]
    assert me(str(token)).body["code"] == "token_not_valid"


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
    assert refusal(me(with_claim(name, odd))) == refused_for("malformed")


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
