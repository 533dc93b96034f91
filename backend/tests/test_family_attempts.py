"""The log of refreshes: every attempt once, never a token."""

import hashlib
import logging
import uuid
from typing import Any

import pytest
from django.db import ProgrammingError

from tests.people import at, claims, post, refresh, rotated_hourly, sign_in, signed
from token_family import families

pytestmark = pytest.mark.usefixtures("database")


def attempts(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """Return the logged attempts as data."""
    return [record.__dict__["refresh"] for record in caplog.records if "refresh" in record.__dict__]


def test_attempt_is_logged_with_what_was_judged(caplog: pytest.LogCaptureFixture) -> None:
    """Outcome, a hash of the session, generation, distance and age are fields of the record."""
    caplog.set_level(logging.INFO, "token_family")
    first, _ = rotated_hourly(1)
    caplog.clear()
    with at(20):
        refresh(first)
    sid = uuid.UUID(claims(first)["sid"])
    hashed = hashlib.sha256(sid.bytes).hexdigest()[:12]
    expected = {"outcome": "replay_concurrent", "family": hashed, "generation": 0, "d": 1, "age_s": 20}
    assert attempts(caplog) == [expected]


@pytest.mark.parametrize(
    ("body", "outcome"),
    [({}, "missing"), ({"refresh": ""}, "missing"), ({"refresh": "x"}, "malformed")],
)
def test_attempt_without_a_token_is_logged_too(
    caplog: pytest.LogCaptureFixture, body: dict[str, str], outcome: str
) -> None:
    """What cannot be judged still leaves its line."""
    post("/api/token/refresh/", body)
    assert attempts(caplog) == [{"outcome": outcome}]


def test_restored_database_is_warned_of(caplog: pytest.LogCaptureFixture) -> None:
    """A token ahead of the row is granted, and someone should look."""
    refresh(signed(gen=3))
    assert [record.levelname for record in caplog.records if record.name == "token_family"] == ["WARNING"]
    assert attempts(caplog)[0]["outcome"] == "db_rollback"


def test_broken_database_is_an_error_that_ends_nothing(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database error that is no contention answers 503 and is logged as an error."""
    token = sign_in()

    def broken(*_: object) -> None:
        raise ProgrammingError("no such table")

    monkeypatch.setattr(families, "find", broken)
    assert refresh(token).status == 503
    assert attempts(caplog) == [{"outcome": "error"}]


def test_no_line_holds_a_token(caplog: pytest.LogCaptureFixture) -> None:
    """Neither a token nor its signature, nor the session's id, is written anywhere."""
    caplog.set_level(logging.DEBUG)
    tokens = rotated_hourly(2)
    with at(0):
        for token in [*tokens, tokens[0]]:
            refresh(token)
    secrets = [part for token in tokens for part in token.split(".")[1:]] + [claims(tokens[0])["sid"]]
    assert attempts(caplog)
    assert not [secret for secret in secrets if secret in caplog.text]
