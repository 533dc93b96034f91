"""Reports of forced logouts over HTTP: bodies that lie about their length, and what is left in the log."""

import socket
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from monitoring.lines import Line
from tests.running_server import PATIENCE_S, RunningServer, running_server

pytestmark = pytest.mark.server

REPORT = b'{"reason": "revoked_reuse"}'
HEAD = b"POST /api/forced-logouts/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nConnection: close\r\n"


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the server's folder."""
    return tmp_path_factory.mktemp("reports")


@pytest.fixture(scope="module")
def server(state: Path) -> Iterator[RunningServer]:
    """Serve without a table: a report asks nothing of the database."""
    with running_server(state, "family", MONITORING_LOG=str(state / "monitoring.log")) as running:
        yield running


def events(state: Path) -> list[str]:
    """Return the reason of each forced logout that was written."""
    path = state / "monitoring.log"
    read = [Line.read(text) for text in path.read_text().splitlines()] if path.exists() else []
    return [line.reason for line in read if line and line.event == "forced_logout"]


def answered(server: RunningServer, *parts: bytes, hang_up: bool = False) -> tuple[int, str]:
    """Send bytes as they are; return the status and the body that come back."""
    reply = b""
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_S)
    # A server that closes with bytes unread resets the connection, after its answer.
    with closing(connection), suppress(ConnectionError):
        connection.sendall(b"".join(parts))
        if hang_up:
            connection.shutdown(socket.SHUT_WR)
        while received := connection.recv(65536):
            reply += received
    head, _, body = reply.decode().partition("\r\n\r\n")
    return int(head.split(" ")[1]), body


def chunked(*chunks: bytes) -> bytes:
    """Return a body as HTTP sends one whose length is not known."""
    return b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in (*chunks, b""))


def test_report_is_written_to_the_log(server: RunningServer, state: Path) -> None:
    """By a server that cannot reach a single session."""
    before = len(events(state))
    assert answered(server, HEAD, b"Content-Length: %d\r\n\r\n" % len(REPORT), REPORT)[0] == 204
    assert events(state)[before:] == ["revoked_reuse"]


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        # Not one byte of it has come, and none is waited for.
        (b"Content-Length: 1000000000\r\n\r\n", 413, "too_long"),
        (b"Content-Length: 2000\r\n\r\n" + REPORT.ljust(2000), 413, "too_long"),
        (b"Content-Length: 10\r\n\r\n" + REPORT, 400, "no_report"),
        (b"Content-Length: 0\r\n\r\n", 400, "no_report"),
        (b"\r\n", 400, "no_report"),
        # Of a length that is not told beforehand, nothing is read.
        (b"Transfer-Encoding: chunked\r\n\r\n" + chunked(REPORT), 400, "no_report"),
        (b"Transfer-Encoding: chunked\r\n\r\n" + chunked(*[b"x" * 1000] * 100), 400, "no_report"),
    ],
    ids=["huge", "long", "cut", "empty", "unsaid", "chunked", "chunked and long"],
)
def test_body_that_is_not_what_it_is_said_to_be_is_refused(
    server: RunningServer, state: Path, sent: bytes, status: int, code: str
) -> None:
    """In words, at once, and with no line."""
    before = events(state)
    got, body = answered(server, HEAD, sent)
    assert (got, f'"code":"{code}"' in body) == (status, True), body
    assert events(state) == before


def test_client_that_hangs_up_half_way_leaves_no_line(server: RunningServer, state: Path) -> None:
    """What came of its body is no report."""
    before = events(state)
    assert answered(server, HEAD, b"Content-Length: 100\r\n\r\n", REPORT[:10], hang_up=True)[0] == 400
    assert events(state) == before
