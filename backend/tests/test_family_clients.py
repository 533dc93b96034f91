"""A used token that comes from another browser or network: it is told, and neither is kept."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from rest_framework_simplejwt.settings import api_settings

from tests.people import at, family_of, make_user, sign_in, stock_token
from token_family import families
from token_family.attempts import refresh_attempted
from token_family.models import TokenFamily
from token_family.serializers import FamilyRefreshSerializer

pytestmark = pytest.mark.usefixtures("database")

Words = dict[str, Any]

FIREFOX, CHROMIUM = "Mozilla/5.0 Gecko/20100101 Firefox/140.0", "Mozilla/5.0 Chrome/140.0.0.0"
HOME, ELSEWHERE = "203.0.113.7", "198.51.100.9"
GRACE_S = 30


def refresh_from(token: str, agent: str = FIREFOX, address: str = HOME) -> str:
    """Present a token from a browser at an address; return the one it is answered with, if it is granted."""
    browser = Client(headers={"User-Agent": agent}, REMOTE_ADDR=address)
    response = browser.post("/api/token/refresh/", json.dumps({"refresh": token}), content_type="application/json")
    return str(response.json().get("refresh", ""))


def rotated_at_noon() -> str:
    """Return the first token of a session that Firefox at home rotated at noon."""
    with at(-3600):
        first = sign_in()
    with at(0):
        refresh_from(first)
    return first


@pytest.fixture
def told() -> Iterator[list[Words]]:
    """Hear of each attempt."""
    heard: list[Words] = []

    def hear(**words: object) -> None:
        heard.append(words)

    refresh_attempted.connect(hear)
    yield heard
    refresh_attempted.disconnect(hear)


def last(told: list[Words]) -> tuple[object, set[str]]:
    """Return how the newest attempt ended, and what it says has changed."""
    words = told[-1]
    return words["outcome"], {name for name, value in words.items() if name.endswith("_changed") and value is True}


@pytest.mark.parametrize("seconds", [20, 600])
@pytest.mark.parametrize(
    ("agent", "address", "said"),
    [
        (FIREFOX, HOME, set()),
        (CHROMIUM, HOME, {"agent_changed"}),
        (FIREFOX, ELSEWHERE, {"address_changed"}),
        (CHROMIUM, ELSEWHERE, {"agent_changed", "address_changed"}),
        ("", HOME, {"agent_changed"}),
    ],
)
def test_replay_from_another_client_is_told(
    told: list[Words], seconds: int, agent: str, address: str, said: set[str]
) -> None:
    """Within the grace period and after it: what differs from the client for whom the session was rotated."""
    first = rotated_at_noon()
    with at(seconds):
        assert refresh_from(first, agent, address)
    assert last(told) == ("replay_concurrent" if seconds <= GRACE_S else "replay_lost_response", said)


def test_line_says_what_changed_and_names_neither_client(caplog: pytest.LogCaptureFixture) -> None:
    """It has no user agent, no address, and no hash of either; where nothing changed it says nothing."""
    caplog.set_level(logging.INFO, "token_family")
    first = rotated_at_noon()
    with at(20):
        refresh_from(first, CHROMIUM, ELSEWHERE)
        refresh_from(first)
    lines = [record.getMessage() for record in caplog.records if record.name == "token_family"]
    assert lines[-2].endswith(" agent_changed=True address_changed=True")
    assert "changed" not in lines[-1]
    hashes = (family_of(first).rotated_for or "").split(" ")[1:]
    assert not [word for word in (FIREFOX, CHROMIUM, HOME, ELSEWHERE, *hashes) if word in "".join(lines)]


def test_reuse_says_whether_another_client_held_the_session(told: list[Words]) -> None:
    """A thief's token or an old one of the same browser: where it comes from tells them apart."""
    first = rotated_at_noon()
    with at(3600):
        refresh_from(refresh_from(first), CHROMIUM)
    with at(3700):
        refresh_from(first)
    assert last(told) == ("reuse_detected", {"agent_changed"})


def test_newest_token_from_another_client_is_no_replay(told: list[Words]) -> None:
    """Whoever travels, or whose browser is updated, has the newest token; it is rotated, and given again."""
    first = rotated_at_noon()
    with at(0):
        second = refresh_from(first)
    for seconds, outcome in ((20, "coalesced"), (3600, "rotated")):
        with at(seconds):
            refresh_from(second, CHROMIUM, ELSEWHERE)
        assert last(told) == (outcome, set())


def test_each_rotation_is_compared_with_its_own_client(told: list[Words]) -> None:
    """The client of the generation before is forgotten."""
    first = rotated_at_noon()
    with at(0):
        second = refresh_from(first)
    with at(3600):
        refresh_from(second, CHROMIUM)
    with at(3610):
        refresh_from(second, CHROMIUM)
        assert last(told)[1] == set()
        refresh_from(second, FIREFOX)
    assert last(told)[1] == {"agent_changed"}


def test_race_that_was_lost_is_judged_by_the_winners_client(told: list[Words], monkeypatch: pytest.MonkeyPatch) -> None:
    """The second look finds a replay, and for whom the winner rotated."""
    with at(-3600):
        token = sign_in()
    untouched = families.advance

    def advance_after_another(*asked: Any) -> bool:  # noqa: ANN401 - passed on as it comes
        monkeypatch.setattr(families, "advance", untouched)
        refresh_from(token, CHROMIUM)
        return untouched(*asked)

    monkeypatch.setattr(families, "advance", advance_after_another)
    with at(0):
        refresh_from(token)
    assert last(told) == ("replay_concurrent", {"agent_changed"})


def test_remembering_costs_no_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """The rotation's one UPDATE writes it, the one SELECT reads it."""
    token = sign_in()
    with django_assert_num_queries(2):
        refresh_from(token)
    with django_assert_num_queries(1):
        refresh_from(token, CHROMIUM, ELSEWHERE)


def test_row_holds_hashes_alone() -> None:
    """Neither user agent nor address, and nothing by which two sessions of one browser could be told to be its."""
    one, other = (family_of(rotated_at_noon()).rotated_for or "" for _ in range(2))
    assert [len(part) for part in one.split(" ")] == [1, 12, 12]
    assert not {*one.split(" ")[1:]} & {*other.split(" ")[1:]}


def test_serializer_that_is_called_by_hand_remembers_nothing_and_says_nothing(
    told: list[Words],
) -> None:
    """Without a request nobody knows who asks; what another rotation noted is not compared with."""
    with at(0):
        token = sign_in()
        serializer = FamilyRefreshSerializer(data={"refresh": token})
        assert serializer.is_valid()
    assert family_of(token).rotated_for is None
    with at(5):
        refresh_from(token)
        assert last(told)[1] == set()
    first = rotated_at_noon()
    with at(5):
        assert FamilyRefreshSerializer(data={"refresh": first}).is_valid()
    assert last(told) == ("replay_concurrent", set())


def test_rotation_switched_off_still_tells(told: list[Words], monkeypatch: pytest.MonkeyPatch) -> None:
    """A token that was replaced before is compared; its outcome is that nothing was rotated."""
    first = rotated_at_noon()
    monkeypatch.setattr(api_settings, "ROTATE_REFRESH_TOKENS", False)
    with at(20):
        refresh_from(first, CHROMIUM)
    assert last(told) == ("not_rotated", {"agent_changed"})


def model_of_before() -> type[models.Model]:
    """Return the model as a server of before knows it."""
    state = MigrationLoader(connection).project_state(("token_family", "0002_rehash"))
    model: type[models.Model] = state.apps.get_model("token_family", "TokenFamily")
    assert "rotated_for" not in {field.name for field in model._meta.get_fields()}
    return model


def test_server_of_before_may_start_families_beside_a_new_one() -> None:
    """It writes no value for the column, and the row is as good."""
    token = sign_in()
    row = TokenFamily.objects.filter(sid=family_of(token).sid)
    [values] = row.values("sid", "outstanding_id", "rotated_at")
    row.delete()
    model_of_before()._default_manager.create(**values)
    assert row.get().rotated_for is None
    assert refresh_from(token)


def test_server_of_before_may_rotate_beside_a_new_one(told: list[Words]) -> None:
    """What was noted of an earlier generation is not compared with: it would be the wrong client."""
    first = rotated_at_noon()
    with at(0):
        second = refresh_from(first)
    model_of_before()._default_manager.filter(sid=family_of(first).sid).update(generation=2)
    with at(20):
        refresh_from(second, CHROMIUM, ELSEWHERE)
    assert last(told) == ("replay_concurrent", set())


def test_adopted_session_is_compared_too(told: list[Words]) -> None:
    """Its token has no family until the first refresh, which notes for whom it is."""
    token = str(stock_token_of_somebody())
    refresh_from(token)
    refresh_from(token, CHROMIUM)
    assert last(told) == ("replay_concurrent", {"agent_changed"})


def stock_token_of_somebody() -> object:
    """Return a refresh token as SimpleJWT issues it."""
    return type(stock_token(sign_in())).for_user(make_user())
