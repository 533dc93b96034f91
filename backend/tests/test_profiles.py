"""Every profile over HTTP: what is answered to whom, and what each profile costs.

Measured on SimpleJWT 5.5.1; r = the refresh endpoint, a = the API with the tokens held before.

    profile                              account deactivated                password changed
    stock, no_rotation, long_access      r 401 without a code               r 200, a 200: nothing ends
                                         a 401 user_inactive
    family, strict                       r 401 reason no_active_account     r 401 reason password_changed
                                         a 401 user_inactive                a 401 password_changed
    sliding                              r 200 for as long as it renews     r 200, a 200: nothing ends
                                         a 401 user_inactive
"""

from collections.abc import Callable

import pytest

from tests.people import claims
from tests.person import Person, signed_in
from tests.running_server import Reply, RunningServer

pytestmark = pytest.mark.server

HOUR_S = 3600
PAIR, ACCESS, SLIDING = ["access", "refresh"], ["access"], ["token"]
ALL = ("stock", "family", "strict", "no_rotation", "long_access", "sliding")
OF_SIMPLEJWT = ("stock", "no_rotation", "long_access")
NO_ACCOUNT = "No active account found for the given token"


@pytest.fixture
def person(request: pytest.FixtureRequest, server_of: Callable[[str], RunningServer]) -> Person:
    """Sign somebody in on the profile that the test is given."""
    return signed_in(server_of(request.param))


def on(*profiles: str) -> pytest.MarkDecorator:
    """Play a test with somebody on each of these profiles."""
    return pytest.mark.parametrize("person", profiles, indirect=True)


@pytest.mark.parametrize(
    ("person", "at_sign_in", "at_refresh", "strategy"),
    [
        ("stock", PAIR, PAIR, "rotating"),
        ("family", PAIR, PAIR, "rotating"),
        ("strict", PAIR, PAIR, "rotating"),
        ("long_access", PAIR, PAIR, "rotating"),
        ("no_rotation", PAIR, ACCESS, "no_rotation"),
        ("sliding", SLIDING, SLIDING, "sliding"),
    ],
    indirect=["person"],
)
def test_profile_answers_in_the_shape_that_the_page_is_told(
    person: Person, at_sign_in: list[str], at_refresh: list[str], strategy: str
) -> None:
    """The strategy in config.js is the word for what sign-in and refresh answer."""
    config = person.server.ask("GET", "/config.js")
    assert config.body == f'export const session = {{"strategy": "{strategy}", "report": "/api/forced-logouts/"}};'
    assert config.headers["content-type"] == "text/javascript; charset=utf-8"
    assert sorted(person.tokens) == at_sign_in
    assert sorted(person.renew().body) == at_refresh
    assert (person.me().status, person.me().body["username"]) == (200, person.username)


@pytest.mark.parametrize(
    ("person", "verified"),
    [("stock", 400), ("family", 401), ("strict", 401), ("long_access", 400), ("sliding", 400), ("no_rotation", 200)],
    indirect=["person"],
)
def test_sign_out_ends_the_session(person: Person, verified: int) -> None:
    """No token of it is renewed; only the guide's option 1 leaves verify ignorant of the blacklist."""
    person.renew()
    assert person.verify().status == 200
    assert person.sign_out().status == 200
    assert person.renew().status == 401
    assert person.verify().status == verified
    assert not [held for held in person.server.sessions(person.username) if held["alive"]]


@on(*OF_SIMPLEJWT)
def test_deactivated_account_is_refused_without_a_code(person: Person) -> None:
    """SimpleJWT refuses the refresh by a sentence alone, and the API by a code."""
    person.account("deactivate")
    assert (person.renew().status, person.renew().body) == (401, {"detail": f"{NO_ACCOUNT}."})
    assert (person.me().status, person.me().body["code"]) == (401, "user_inactive")


@on("family", "strict")
def test_deactivated_account_is_refused_with_a_reason(person: Person) -> None:
    """Families say why; the API answers as everywhere."""
    person.account("deactivate")
    refusal = {"detail": NO_ACCOUNT, "code": "token_not_valid", "reason": "no_active_account"}
    assert (person.renew().status, person.renew().body) == (401, refusal)
    assert (person.me().status, person.me().body["code"]) == (401, "user_inactive")


@on("sliding")
def test_deactivated_account_renews_a_sliding_token_that_no_api_takes(person: Person) -> None:
    """The renewal never looks at the account: 401, renewed, 401 again, and so on."""
    person.account("deactivate")
    assert person.renew().status == 200
    assert (person.me().status, person.me().body["code"]) == (401, "user_inactive")


@on("family", "strict")
def test_changed_password_ends_the_session(person: Person) -> None:
    """Refresh and API refuse at once, and say why."""
    person.account("password")
    renewed, asked = person.renew(), person.me()
    assert (renewed.status, renewed.body["reason"]) == (401, "password_changed")
    assert (asked.status, asked.body["code"]) == (401, "password_changed")


@on(*OF_SIMPLEJWT, "sliding")
def test_changed_password_ends_nothing_by_simplejwts_default(person: Person) -> None:
    """Whoever stole a token keeps it: the price of these profiles."""
    person.account("password")
    assert (person.renew().status, person.me().status) == (200, 200)


@on("no_rotation")
def test_stolen_token_works_unseen_without_rotation(person: Person) -> None:
    """Thief and victim share one token until it expires, and the server holds one session."""
    stolen = person.credential
    for hours in (0, 1, 7 * 24 - 1):
        person.server.move_clock(hours * HOUR_S)
        assert [person.renew().status, person.renew(stolen).status] == [200, 200]
    person.server.move_clock(7 * 24 * HOUR_S)
    refused, [held] = person.renew(stolen), person.server.sessions(person.username)
    person.server.move_clock(0)
    assert (refused.status, held["alive"], held["reason"]) == (401, False, "expired")


@on("long_access")
def test_access_lasts_four_hours(person: Person) -> None:
    """Nobody needs to refresh before; stock reads the clock twice, so a second may be missing."""
    held = claims(person.tokens["access"])
    assert held["exp"] - held["iat"] in {4 * HOUR_S - 1, 4 * HOUR_S}


@on("strict")
def test_late_replay_ends_the_session_without_strikes(person: Person) -> None:
    """Within the grace period a replay is a race; a second later it is a theft."""
    first = person.credential
    person.renew()
    within = person.renew(first)
    # Rows hold whole seconds, so one may have passed already.
    person.server.move_clock(32)
    late, [held] = person.renew(first), person.server.sessions(person.username)
    person.server.move_clock(0)
    assert within.status == 200
    assert (late.status, late.body["reason"]) == (401, "reuse_detected")
    assert (held["alive"], held["reason"]) == (False, "revoked_reuse")


def caught_thief(person: Person) -> Reply:
    """Let a token come back that is two generations old; return what the newest access token gets afterwards."""
    first = person.credential
    person.renew()
    person.server.move_clock(32)
    person.renew()
    caught, asked = person.renew(first), person.me()
    person.server.move_clock(0)
    assert caught.body["reason"] == "reuse_detected"
    return asked


@on("family")
def test_access_token_outlives_its_ended_session(person: Person) -> None:
    """Whoever holds it, thief or owner, may use it for the rest of its hour."""
    assert caught_thief(person).status == 200


@on("strict")
def test_access_token_ends_with_its_session(person: Person) -> None:
    """The family is asked at each request."""
    refused = caught_thief(person)
    assert (refused.status, refused.body["reason"]) == (401, "revoked_reuse")


@on("sliding")
def test_sliding_token_renews_itself_under_one_id(person: Person) -> None:
    """Its own expiry moves on; id and end of the session do not."""
    first = claims(person.credential)
    person.server.move_clock(3 * HOUR_S)
    person.renew()
    renewed, [held] = claims(person.credential), person.server.sessions(person.username)
    person.server.move_clock(0)
    assert (renewed["jti"], renewed["refresh_exp"]) == (first["jti"], first["refresh_exp"])
    assert abs(renewed["exp"] - first["exp"] - 3 * HOUR_S) < 5
    assert (held["sid"], held["alive"]) == (first["jti"], True)


@on("sliding")
def test_sliding_session_ends_after_four_idle_hours(person: Person) -> None:
    """What has run out cannot be renewed, whatever is left of the seven days."""
    person.server.move_clock(4 * HOUR_S)
    refused, asked = person.renew(), person.me()
    person.server.move_clock(0)
    assert (refused.status, refused.body["code"]) == (401, "token_not_valid")
    assert asked.status == 401


@on("sliding")
def test_sliding_session_ends_after_seven_days_however_active(person: Person) -> None:
    """Renewed every three hours, it is refused when seven days have passed."""
    for hours in range(3, 7 * 24, 3):
        person.server.move_clock(hours * HOUR_S)
        assert person.renew().status == 200
    [before] = person.server.sessions(person.username)
    person.server.move_clock(7 * 24 * HOUR_S)
    refused, [after] = person.renew(), person.server.sessions(person.username)
    person.server.move_clock(0)
    assert (before["alive"], refused.status, after["reason"]) == (True, 401, "expired")
