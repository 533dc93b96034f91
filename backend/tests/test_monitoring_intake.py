"""Clients report forced logouts: what is taken, what is refused, and that only words of the list are kept."""

import io
import json
import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from prometheus_client import REGISTRY

from monitoring.forced_logouts import OTHER, REASONS, forced_logout_reported, kept
from monitoring.lines import Line
from monitoring.small_json import LONGEST, NoReportError, SmallJSONParser
from tests.running_server import BACKEND
from tests.test_server_settings import PRODUCTION, run_python
from token_family.reasons import Reason

PATH = "/api/forced-logouts/"
JSON = "application/json"
IN_PRODUCTION = """
import django
django.setup()
from django.test import Client
page = Client(enforce_csrf_checks=True)
print(page.post("/api/forced-logouts/", '{"reason": "expired"}', "text/plain", secure=True).status_code)
"""


@pytest.fixture
def caplog(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Catch everything that is logged."""
    caplog.set_level(logging.DEBUG)
    return caplog


def report(content: str | bytes, kind: str = JSON, **headers: str) -> tuple[int, Any]:
    """Send a body; return status and answer."""
    response = Client(headers=headers).post(PATH, content, content_type=kind)
    return response.status_code, json.loads(response.content or b"null")


def lines(caplog: pytest.LogCaptureFixture) -> list[Line]:
    """Return the lines; what is written and what is a field agree."""
    records = [record for record in caplog.records if record.name == "monitoring"]
    read = [line for record in records if (line := Line.read(record.getMessage()))]
    assert [vars(line) for line in read] == [record.__dict__["monitoring"] for record in records]
    return read


def counted(act: Callable[[], object]) -> dict[str, float]:
    """Return which reasons prometheus-client is told of while something is done."""

    def now(reason: str) -> float:
        return REGISTRY.get_sample_value("forced_logout_total", {"reason": reason}) or 0

    before = {reason: now(reason) for reason in (*REASONS, OTHER)}
    act()
    return {reason: now(reason) - was for reason, was in before.items() if now(reason) != was}


def test_report_leaves_one_line(caplog: pytest.LogCaptureFixture) -> None:
    """Time, event, reason, status, address and path, as a warning."""
    assert report('{"reason": "reuse_detected"}') == (204, None)
    [line] = lines(caplog)
    assert str(line).partition(" ")[2] == (
        f"event=forced_logout reason=reuse_detected status=204 remote=127.0.0.1 path={PATH}"
    )
    assert [record.levelname for record in caplog.records if record.name == "monitoring"] == ["WARNING"]


@pytest.mark.parametrize("reason", REASONS)
def test_word_of_the_list_is_kept(caplog: pytest.LogCaptureFixture, reason: str) -> None:
    """In the log, and by prometheus-client."""
    assert counted(lambda: report(json.dumps({"reason": reason}))) == {reason: 1}
    assert [line.reason for line in lines(caplog)] == [reason]


@pytest.mark.parametrize(
    "reason",
    [
        *("", "ok", "other", "Expired", " expired", "expired ", "expired\n", "signed_out", "spring_cleaning"),
        "expired status=204 remote=- path=/\nat=2030-05-17T12:00:00Z event=refresh reason=ok",
        *("x" * 900, "\x00", "\u2028", "\ud800", "é"),
        *(None, True, 0, 1e300, [], ["expired"], {"expired": "expired"}),
    ],
)
def test_any_other_reason_is_other(caplog: pytest.LogCaptureFixture, reason: object) -> None:
    """Nothing of it is written or counted, whatever it is."""
    assert kept(reason) == OTHER
    assert counted(lambda: report(json.dumps({"reason": reason}))) == {OTHER: 1}
    assert [line.reason for line in lines(caplog)] == [OTHER]


@pytest.mark.parametrize(
    "kind", [JSON, "application/json; charset=utf-8", "text/plain", "text/plain;charset=UTF-8", "TEXT/PLAIN"]
)
def test_what_fetch_and_send_beacon_send_is_taken(kind: str) -> None:
    """A page that is being left sends a text, or a Blob of JSON."""
    assert report('{"reason": "expired"}', kind) == (204, None)


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/html", "application/xml", ""]
)
def test_other_types_are_not_read(caplog: pytest.LogCaptureFixture, kind: str) -> None:
    """They are answered 415, and leave no line."""
    status, answer = report('{"reason": "expired"}', kind)
    assert (status, [*answer]) == (415, ["detail"])
    assert lines(caplog) == []


@pytest.mark.parametrize("kind", [JSON, "text/plain"])
@pytest.mark.parametrize(
    "content",
    [
        *("", " ", "{", "[]", "null", "5", '"expired"', "expired", "reason=expired", "{'reason': 'expired'}"),
        *("{}", '{"reasons": "expired"}', '[{"reason": "expired"}]', "[" * 1000, b'{"reason": "\xff"}', b"\x00"),
    ],
)
def test_what_is_no_report_is_refused_in_words(
    caplog: pytest.LogCaptureFixture, content: str | bytes, kind: str
) -> None:
    """400 with a code and a sentence that says what to send; nothing is counted."""
    refused = (400, {"detail": 'The body is no JSON object with a "reason".', "code": "no_report"})
    assert counted(lambda: report(content, kind)) == {}
    assert report(content, kind) == refused
    assert lines(caplog) == []


@pytest.mark.parametrize(("length", "status"), [(LONGEST, 204), (LONGEST + 1, 413), (100_000, 413)])
def test_body_of_up_to_a_kibibyte_is_read(caplog: pytest.LogCaptureFixture, length: int, status: int) -> None:
    """A longer one is refused in words."""
    content = '{"reason": "expired"}'.ljust(length)
    answered, answer = report(content)
    assert answered == status
    assert answer is None or answer == {"detail": f"The body is longer than {LONGEST} bytes.", "code": "too_long"}
    assert len(lines(caplog)) == (status == 204)


def test_longer_body_than_was_declared_is_read_no_further() -> None:
    """Where a server hands on what comes, whatever its length was said to be."""
    stream = io.BytesIO(b'{"reason": "expired"}'.ljust(10 * LONGEST))
    with pytest.raises(Exception, match=f"longer than {LONGEST}"):
        SmallJSONParser().parse(stream)
    assert stream.tell() == LONGEST + 1


def test_client_that_has_gone_is_no_server_error() -> None:
    """Its body cannot be read."""

    class Broken(io.BytesIO):
        def read(self, _: int | None = -1) -> bytes:
            raise OSError("connection reset")

    with pytest.raises(NoReportError):
        SmallJSONParser().parse(Broken())


def test_report_needs_no_session(caplog: pytest.LogCaptureFixture) -> None:
    """A token that no longer holds, which a client may well send, is not looked at."""
    assert report('{"reason": "expired"}', Authorization="Bearer of.no.worth") == (204, None)
    assert [line.event for line in lines(caplog)] == ["forced_logout"]


def test_report_is_sent_not_fetched() -> None:
    """A GET reports nothing."""
    assert Client().get(PATH).status_code == 405


def test_nothing_that_a_client_sends_is_written(caplog: pytest.LogCaptureFixture) -> None:
    """Neither the body nor the query, nor a header, nor a cookie."""
    client = Client(headers={name: f"secret-{name}" for name in ("User-Agent", "X-Forwarded-For", "Referer", "X-Any")})
    client.cookies["any"] = "secret-cookie"
    body = {"reason": "secret-reason", "secret-field": "secret-value"}
    assert client.post(f"{PATH}?secret-query", json.dumps(body), content_type=JSON).status_code == 204
    assert len(lines(caplog)) == 1
    assert "secret" not in "".join(record.getMessage() for record in caplog.records if record.name == "monitoring")


def test_receiver_that_fails_fails_no_report(caplog: pytest.LogCaptureFixture) -> None:
    """It is logged."""

    def fail(**_: object) -> None:
        raise RuntimeError("the receiver is broken")

    forced_logout_reported.connect(fail)
    try:
        assert report('{"reason": "expired"}') == (204, None)
    finally:
        forced_logout_reported.disconnect(fail)
    assert "RuntimeError: the receiver is broken" in caplog.text


def test_production_takes_a_report_from_a_page_that_has_no_csrf_token() -> None:
    """It changes nothing that is anybody's."""
    assert run_python(IN_PRODUCTION, **PRODUCTION).stdout == "204\n"


def test_list_holds_every_reason_of_server_and_client() -> None:
    """One that is missing would be lost among the others; a log line takes each."""
    told = (BACKEND.parent / "frontend_static" / "session" / "words.js").read_text("utf-8")
    of_client = set(re.findall(r"^  (\w+): '", told, re.MULTILINE))
    assert len(of_client) > 10
    assert of_client | set(Reason) <= set(REASONS)
    assert all(re.fullmatch(r"[a-z0-9_]{1,40}", word) for word in (*REASONS, OTHER))
