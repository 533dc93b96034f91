"""Clocks that differ: the client's, which says its time, and that of a server which issued a token in the future."""

import json
import logging
from typing import Any

import pytest
from django.test import Client

from tests.people import NOON, at, make_user, sign_in, signed, stock_token
from token_family.clocks import MOST_S, is_of_the_future, skew_s
from token_family.serializers import FamilyRefreshSerializer

pytestmark = pytest.mark.usefixtures("database")

NOW = int(NOON.timestamp())
LEEWAY_S = 10


@pytest.fixture
def caplog(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Catch the attempts."""
    caplog.set_level(logging.INFO, "token_family")
    return caplog


def told(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """Return the words of each attempt."""
    return [record.__dict__["refresh"] for record in caplog.records if "refresh" in record.__dict__]


def refresh_at_noon(token: str, **headers: str) -> int:
    """Present a token at noon; return the status."""
    body = json.dumps({"refresh": token})
    with at(0):
        answer = Client(headers=headers).post("/api/token/refresh/", body, content_type="application/json")
    return answer.status_code


@pytest.mark.parametrize(
    ("client_time", "skew"),
    [
        (f"{NOW}", 0.0),
        (f"{NOW - 90}", 90.0),
        (f"{NOW + 90}.25", -90.2),
        (f"{NOW - 1}.960000000", 0.0),
        (f"{NOW}.04", 0.0),
        (f"{NOW - MOST_S}", float(MOST_S)),
        (f"{NOW + MOST_S}", -float(MOST_S)),
        (f"{NOW - MOST_S - 1}", None),
        (f"{NOW + MOST_S + 1}", None),
        (f"{NOW}000", None),
        ("0", None),
        ("", None),
        ("now", None),
        ("nan", None),
        ("inf", None),
        ("-inf", None),
        ("1e9", None),
        (f"-{NOW}", None),
        (f"+{NOW}", None),
        (f" {NOW}", None),
        (f"{NOW}\n", None),
        (f"{NOW}.", None),
        (f"{NOW},5", None),
        (f"{NOW}_0", None),
        ("٢" * 10, None),
        ("9" * 400, None),
        (f"{NOW}." + "0" * 400, None),
    ],
)
def test_skew_is_told_from_a_plausible_time_alone(client_time: str, skew: float | None) -> None:
    """Ours minus the client's, to a tenth of a second; what is no time, or off by more than a year, says nothing."""
    with at(0):
        assert skew_s(client_time) == skew


def test_no_skew_is_no_minus_zero() -> None:
    """A log line would otherwise say `skew_s=-0.0`."""
    with at(0):
        assert str(skew_s(f"{NOW}.04")) == "0.0"


def test_attempt_says_how_far_the_clients_clock_is_off(caplog: pytest.LogCaptureFixture) -> None:
    """Granted or refused; a client that does not say its time is not told of."""
    with at(0):
        token = sign_in()
    for presented, headers in ((token, {"X-Client-Time": f"{NOW - 3}.5"}), ("x", {"X-Client-Time": f"{NOW}"})):
        refresh_at_noon(presented, **headers)
    refresh_at_noon(token)
    assert [words.get("skew_s") for words in told(caplog)] == [2.5, 0.0, None]
    assert " skew_s=2.5" in caplog.text


@pytest.mark.parametrize("client_time", ["nan", "\x00", "x" * 5000, '{"t": 1}'])
def test_nonsense_for_a_time_fails_no_refresh(caplog: pytest.LogCaptureFixture, client_time: str) -> None:
    """And is not written anywhere."""
    with at(0):
        token = sign_in()
    assert refresh_at_noon(token, **{"X-Client-Time": client_time}) == 200
    assert "skew_s" not in caplog.text


@pytest.mark.parametrize(
    ("issued", "immature"),
    [
        (NOW, False),
        (NOW + LEEWAY_S, False),
        (NOW + LEEWAY_S + 1, True),
        (10**22, True),
        (1e30, True),
        (float("nan"), False),
        (-1, False),
        (True, False),
        (None, False),
        (str(NOW + 60), False),
        ([NOW + 60], False),
    ],
)
def test_token_is_of_the_future_beyond_the_leeway(issued: object, immature: bool) -> None:  # noqa: FBT001 - a column
    """Two servers' clocks may differ by LEEWAY; what is no number says nothing."""
    with at(0):
        assert is_of_the_future(issued) is immature


@pytest.mark.parametrize(("ahead", "words"), [(LEEWAY_S, 0), (LEEWAY_S + 1, 1), (3600, 1)])
def test_attempt_says_that_a_token_was_issued_in_the_future(
    caplog: pytest.LogCaptureFixture, ahead: int, words: int
) -> None:
    """It is honoured all the same, by whichever rule."""
    with at(ahead):
        token = sign_in()
    assert refresh_at_noon(token) == 200
    [attempt] = told(caplog)
    assert attempt.get("immature_iat") is (True if words else None)
    assert caplog.text.count(" immature_iat=True") == words


def test_immature_token_is_told_of_also_where_no_family_is_found(caplog: pytest.LogCaptureFixture) -> None:
    """A restored database and a wrong clock may well come together."""
    with at(0):
        token = signed(sid="0" * 32, iat=NOW + 60)
    assert refresh_at_noon(token) == 401
    assert [(words["outcome"], words["immature_iat"]) for words in told(caplog)] == [("family_unknown", True)]


def test_immature_token_of_simplejwts_own_is_told_of(caplog: pytest.LogCaptureFixture) -> None:
    """The server of before had the wrong clock."""
    with at(60):
        token = str(type(stock_token(sign_in())).for_user(make_user()))
    assert refresh_at_noon(token) == 200
    assert [(words["outcome"], words["immature_iat"]) for words in told(caplog)] == [("legacy_adopted", True)]


def test_token_that_we_did_not_sign_is_not_told_of(caplog: pytest.LogCaptureFixture) -> None:
    """Anybody could claim to come from the future."""
    with at(0):
        header, claims, signature = signed(iat=NOW + 60).split(".")
    assert refresh_at_noon(f"{header}.{claims}.{signature[::-1]}") == 401
    assert [words.get("immature_iat") for words in told(caplog)] == [None]


def test_serializer_that_is_called_by_hand_has_no_client_to_ask(caplog: pytest.LogCaptureFixture) -> None:
    """There is no request, and so no time of its client."""
    assert FamilyRefreshSerializer(data={"refresh": sign_in()}).is_valid()
    assert "skew_s" not in told(caplog)[0]
