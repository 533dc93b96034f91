"""The fault proxy, without a browser: what it lets through, holds, loses and answers."""

import gc
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any
from urllib.parse import urlsplit

import pytest

from nologout.stage.network.live import Answer, Drop, Hold, Pass
from nologout.stage.network.messages import TAB_HEADER, Reply
from tests.proxied import API, PATIENCE_S, REFRESH, At, Proxied, proxied


@pytest.fixture
def through() -> Iterator[Proxied]:
    """Give a proxy in front of a server."""
    with proxied() as made:
        yield made


def test_bytes_pass_both_ways(through: Proxied) -> None:
    """Method, query, body, status, headers and bytes arrive as they were sent."""
    every_byte = bytes(range(256)) * 300
    through.server.replies["/api/x"] = (418, {"X-Kept": "yes"}, every_byte)
    got = through.ask("POST", "/api/x?q=a%20b", "sent", X_Also="kept")
    assert (got.status, got.headers["x-kept"], got.body) == (418, "yes", every_byte)
    (asked,) = through.server.asked
    assert (asked.method, asked.path, asked.body, asked.headers["x-also"]) == (
        "POST",
        "/api/x?q=a%20b",
        b"sent",
        "kept",
    )


@pytest.mark.parametrize(("method", "status"), [("HEAD", 200), ("GET", 204), ("GET", 304)])
def test_reply_without_a_body_is_none_the_worse(through: Proxied, method: str, status: int) -> None:
    """Such a reply has no body to wait for."""
    through.server.replies[API] = (status, {"X-Kept": "yes"}, b"")
    got = through.ask(method, API)
    assert (got.status, got.headers["x-kept"], got.body) == (status, "yes", b"")


def test_header_of_the_tab_stays_with_the_proxy(through: Proxied) -> None:
    """The history knows the tab; the app never hears of it."""
    through.ask("GET", API)
    assert through.exchanges()[0].tab == "a"
    assert TAB_HEADER not in through.server.asked[0].headers


def test_connection_carries_one_exchange(through: Proxied) -> None:
    """A kept-alive connection that is reset would make a browser send a POST twice."""
    assert through.ask("GET", API).headers["connection"] == "close"
    assert through.server.asked[0].headers["connection"] == "close"


def test_delivered_exchange_is_told_in_the_history(through: Proxied) -> None:
    """Role, fate, both statuses and the times of its parts."""
    through.server.replies[API] = (401, {"Content-Type": "application/json"}, b'{"code": "token_not_valid"}')
    through.ask("GET", API)
    (told,) = through.exchanges()
    assert (told.role, told.fate, told.status, told.shown, told.reason) == (
        "api",
        "delivered",
        401,
        401,
        "token_not_valid",
    )
    assert 0 < told.at <= (told.answered or 0) <= (told.ended or 0)


def test_asset_that_simply_arrives_is_not_told(through: Proxied) -> None:
    """Scripts and styles would drown the history; a document counts, and so does an asset that was lost."""
    through.ask("GET", "/app.js")
    through.ask("GET", "/", Sec_Fetch_Dest="document")
    through.ask("GET", "/", Sec_Fetch_Dest="document")
    through.ask("GET", API)
    assert [(e.path, e.document) for e in through.exchanges(3)] == [("/", 1), ("/", 2), (API, 2)]


def test_request_held_at_the_door_has_not_reached_the_server(through: Proxied) -> None:
    """Released, it goes on as if nothing had been."""
    through.ledger.rules.append(At("door", Hold()))
    asking = through.asking("POST", REFRESH)
    (held,) = through.await_held("door")
    assert through.server.asked == []
    through.proxy.release(held, Pass())
    assert asking.result(PATIENCE_S).status == 200
    assert through.exchanges()[0].fate == "delivered"


def test_reply_held_has_reached_the_server(through: Proxied) -> None:
    """The server has acted, and the browser does not know yet."""
    through.ledger.rules.append(At("reply", Hold()))
    asking = through.asking("POST", REFRESH)
    (held,) = through.await_held("reply")
    assert len(through.server.asked) == 1
    assert not asking.done()
    through.proxy.release(held, Pass())
    assert asking.result(PATIENCE_S).status == 200


def test_server_is_hung_up_on_while_its_reply_is_held(through: Proxied, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that closes as RFC 9112 (9.6) wants waits for that, and gunicorn's serves nobody else meanwhile."""
    hung_up = threading.Event()

    def linger(connection: socket.socket) -> None:
        with closing(connection):
            connection.shutdown(socket.SHUT_WR)
            connection.settimeout(PATIENCE_S)
            if not connection.recv(1):
                hung_up.set()

    monkeypatch.setattr(through.server, "shutdown_request", linger)
    through.ledger.rules.append(At("reply", Hold()))
    asking = through.asking("POST", REFRESH)
    (held,) = through.await_held("reply")
    assert hung_up.wait(PATIENCE_S)
    assert not asking.done()
    through.proxy.release(held, Pass())
    assert asking.result(PATIENCE_S).status == 200


def test_replies_may_be_delivered_in_the_other_order(through: Proxied) -> None:
    """The last may be the first."""
    through.ledger.rules.append(At("reply", Hold()))
    first = through.asking("GET", API)
    through.await_held("reply")
    second = through.asking("POST", REFRESH)
    held = through.await_held("reply", 2)
    through.proxy.release(held[1], Pass())
    assert second.result(PATIENCE_S).status == 200
    assert not first.done()
    through.proxy.release(held[0], Pass())
    assert first.result(PATIENCE_S).status == 200


def test_request_dropped_at_the_door_was_refused_there(through: Proxied) -> None:
    """The server never hears of it, and the browser sees a network error."""
    through.ledger.rules.append(At("door", Drop()))
    with pytest.raises(ConnectionResetError):
        through.ask("POST", REFRESH)
    (told,) = through.exchanges()
    assert (told.fate, told.status, told.shown) == ("refused_at_door", None, None)
    assert through.server.asked == []


def test_reply_dropped_is_lost(through: Proxied) -> None:
    """The server has answered, and the browser sees a network error."""
    through.ledger.rules.append(At("reply", Drop()))
    with pytest.raises(ConnectionResetError):
        through.ask("POST", REFRESH)
    (told,) = through.exchanges()
    assert (told.fate, told.status, told.shown) == ("lost", 200, None)
    assert len(through.server.asked) == 1


def test_held_reply_may_be_lost(through: Proxied) -> None:
    """A hold may end in a loss."""
    through.ledger.rules.append(At("reply", Hold()))
    asking = through.asking("POST", REFRESH)
    through.proxy.release(through.await_held("reply")[0], Drop())
    with pytest.raises(ConnectionResetError):
        asking.result(PATIENCE_S)
    assert through.exchanges()[0].fate == "lost"


def test_answer_in_the_servers_place_keeps_the_server_out(through: Proxied) -> None:
    """A captive portal answers, and the history says that it was not the server."""
    through.ledger.rules.append(At("door", Answer(Reply(headers=(("x-by", "portal"),), body=b"<h1>", status=511))))
    got = through.ask("POST", REFRESH)
    assert (got.status, got.headers["x-by"], got.body) == (511, "portal", b"<h1>")
    (told,) = through.exchanges()
    assert (told.fate, told.status, told.shown) == ("answered_instead", None, 511)
    assert through.server.asked == []


def test_first_rule_with_an_opinion_decides(through: Proxied) -> None:
    """Rules are asked in the order in which they came into force."""
    through.ledger.rules += [At("reply", Pass()), At("door", Drop()), At("door", Hold())]
    with pytest.raises(ConnectionResetError):
        through.ask("GET", API)


def test_other_origins_are_not_reached(through: Proxied) -> None:
    """A page that calls out gets a refusal, and the history does not mention it."""
    got = through.ask("GET", "/", origin="http://127.0.0.1:9")
    assert got.status == 502
    assert b"blocks hosts" in got.body
    assert through.tape.history().exchanges == ()


def test_tunnel_is_not_opened(through: Proxied) -> None:
    """CONNECT names no origin of the target's."""
    with closing(through.connect()) as connection:
        connection.request("CONNECT", "example.org:443")
        assert connection.getresponse().status == 502


def test_server_that_is_gone_is_told_as_no_answer_of_its(through: Proxied) -> None:
    """The browser gets 502, and the history knows that the server did not say so."""
    through.server.server_close()
    assert through.ask("GET", API).status == 502
    (told,) = through.exchanges()
    assert (told.fate, told.status, told.shown) == ("answered_instead", None, 502)


@pytest.mark.parametrize("place", ["door", "reply"])
def test_client_that_goes_away_abandons_a_held_exchange(through: Proxied, place: str) -> None:
    """A tab that is closed leaves no exchange under way."""
    through.ledger.rules.append(At("door" if place == "door" else "reply", Hold()))
    with closing(through.connect()) as connection:
        connection.request("GET", f"{through.server.origin}{API}")
        through.await_held("door" if place == "door" else "reply")
    (told,) = through.exchanges()
    assert (told.fate, told.shown) == ("abandoned", None)
    assert through.ledger.under_way() == []


@pytest.mark.parametrize("sent", [b"", b"\x16\x03\x01\x02", b"GET /no-host HTTP/1.1\r\n\r\n", b"GET / HT"])
def test_nonsense_does_not_stop_the_proxy(through: Proxied, sent: bytes) -> None:
    """Whatever a client sends, the next one is served."""
    split = urlsplit(through.proxy.address)
    with socket.create_connection((split.hostname or "", split.port or 0), timeout=PATIENCE_S) as raw:
        raw.sendall(sent)
        raw.shutdown(socket.SHUT_WR)
        raw.recv(1000)
    assert through.ask("GET", API).status == 200


def test_stopped_proxy_lets_go_of_everything(through: Proxied) -> None:
    """Who waits gets a network error; the thread ends; stopping twice, or releasing too late, is no error."""
    through.ledger.rules.append(At("door", Hold()))
    asking = through.asking("GET", API)
    (held,) = through.await_held("door")
    through.proxy.stop()
    assert not through.proxy.alive
    with pytest.raises(OSError):  # noqa: PT011 - refused or reset, as the moment has it
        asking.result(PATIENCE_S)
    through.proxy.release(held, Pass())
    through.proxy.stop()


def test_stop_amid_new_connections_leaves_nothing_pending(caplog: pytest.LogCaptureFixture) -> None:
    """Connections that came a moment ago end like the others; asyncio has nothing to complain of."""
    for _ in range(30):
        with proxied() as through, ExitStack() as sockets:
            split = urlsplit(through.proxy.address)
            for _ in range(20):
                sockets.enter_context(socket.create_connection((split.hostname or "", split.port or 0)))
            through.proxy.stop()
        gc.collect()
    assert caplog.records == []


class SlowReplies(dict[str, tuple[int, dict[str, str], bytes]]):
    """Replies that the server has only when it is let go."""

    def __init__(self) -> None:
        self.asked, self.let_go = threading.Event(), threading.Event()

    def get(self, _path: str, default: Any = None) -> Any:  # noqa: ANN401 - as a dictionary has it
        """Return the usual reply, late."""
        self.asked.set()
        self.let_go.wait(PATIENCE_S)
        return default


def test_exchange_whose_browser_has_gone_is_over_when_the_server_has_answered(through: Proxied) -> None:
    """Nothing of it is lost while nobody but the server is still busy with it."""
    slow = through.server.replies = SlowReplies()
    connection = through.connect()
    connection.request("GET", f"{through.server.origin}{API}")
    assert slow.asked.wait(PATIENCE_S)
    connection.close()
    for _ in range(20):
        time.sleep(0.01)  # the proxy notices at its own pace that the browser has gone
        gc.collect()
    slow.let_go.set()
    assert through.exchanges()[0].status == 200
