"""The log of refreshes and the signal: every attempt once, never a token."""

import hashlib
import logging
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from django.db import ProgrammingError

from tests.people import at, claims, post, refresh, rotated_hourly, sign_in, signed
from token_family import families
from token_family.attempts import refresh_attempted

pytestmark = pytest.mark.usefixtures("database")


def logged(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """Return the logged attempts as data."""
    return [record.__dict__["refresh"] for record in caplog.records if "refresh" in record.__dict__]


def attempts(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """Return the same without how long each took, which differs from run to run."""
    return [{name: word for name, word in words.items() if name != "latency_ms"} for words in logged(caplog)]


@contextmanager
def listening(receiver: Callable[..., object]) -> Iterator[None]:
    """Connect a receiver of the signal while the block runs."""
    refresh_attempted.connect(receiver)
    yield
    refresh_attempted.disconnect(receiver)


def test_attempt_is_logged_with_what_was_judged(caplog: pytest.LogCaptureFixture) -> None:
    """Outcome, a hash of the session, generation, distance and both ages are fields of the record."""
    caplog.set_level(logging.INFO, "token_family")
    first, _ = rotated_hourly(1)
    caplog.clear()
    with at(20):
        refresh(first)
    sid = uuid.UUID(claims(first)["sid"])
    hashed = hashlib.sha256(sid.bytes).hexdigest()[:12]
    expected = {"outcome": "replay_concurrent", "family": hashed, "generation": 0, "d": 1, "age_s": 20}
    assert attempts(caplog) == [{**expected, "session_age_s": 3620}]
    assert logged(caplog)[0]["latency_ms"] > 0


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


@pytest.mark.parametrize("body", [{}, {"refresh": "x"}])
def test_signal_says_what_the_line_says(caplog: pytest.LogCaptureFixture, body: dict[str, str]) -> None:
    """Granted or refused, a receiver gets the words that are known as keywords, and no others."""
    caplog.set_level(logging.INFO, "token_family")
    heard: list[dict[str, Any]] = []

    def hear(signal: object, sender: type, **words: object) -> None:  # noqa: ARG001 - Django names it
        heard.append({"sender": sender.__name__, **words})

    with listening(hear):
        refresh(sign_in())
        post("/api/token/refresh/", body)
    assert heard == [{"sender": "Attempt", **words} for words in logged(caplog)]
    assert [set(words) for words in heard] == [
        {"sender", "outcome", "family", "generation", "d", "age_s", "session_age_s", "latency_ms"},
        {"sender", "outcome", "latency_ms"},
    ]


def test_receiver_that_fails_fails_no_refresh(caplog: pytest.LogCaptureFixture) -> None:
    """It is logged, without a token, whether a refresh is granted or refused, and others are still told."""
    heard: list[str] = []

    def fail(**_: object) -> None:
        raise RuntimeError("the receiver is broken")

    def hear(outcome: str, **_: object) -> None:
        heard.append(outcome)

    token = sign_in()
    with listening(fail), listening(hear):
        assert refresh(token).status == 200
        assert refresh("x").body["reason"] == "malformed"
    assert heard == ["rotated", "malformed"]
    assert caplog.text.count("RuntimeError: the receiver is broken") == 2
    assert not [part for part in token.split(".")[1:] if part in caplog.text]


def test_receiver_without_a_name_fails_no_refresh(caplog: pytest.LogCaptureFixture) -> None:
    """Django would fail as it logs it."""

    def fail(_: str, **__: object) -> None:
        raise RuntimeError("the receiver is broken")

    nameless = partial(fail, "")
    with listening(nameless):
        assert refresh(sign_in()).status == 200
    assert "RuntimeError: the receiver is broken" in caplog.text
