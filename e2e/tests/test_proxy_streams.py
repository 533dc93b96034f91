"""What is no plain exchange passes the proxy as it is: streams, WebSockets, compression, TLS, other hosts."""

import gzip
import json
import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import trustme

from nologout.model.history import Exchange
from nologout.stage.network.ledger import Ledger
from nologout.stage.network.live import Hold, Pass
from nologout.stage.network.messages import TAB_HEADER
from nologout.stage.network.proxy import FaultProxy
from nologout.stage.network.route import Route
from nologout.stage.network.tokens import TokenVault
from nologout.stage.tape import Tape
from tests.lively_server import ITEMS, PATIENCE_S, LivelyServer, lively_server
from tests.proxied import PLACES, At, role_of


class Through:
    """A proxy on its way to a server, and requests through it."""

    def __init__(self, route: Route) -> None:
        self.tape = Tape()
        self.ledger = Ledger(self.tape, TokenVault(PLACES), role_of)
        self.proxy = FaultProxy(self.ledger, route)

    def exchanges(self, count: int = 1) -> tuple[Exchange, ...]:
        """Return the exchanges of the history, as soon as so many are over."""
        assert self.ledger.wait_for(lambda: len(self.tape.history().exchanges) == count, PATIENCE_S)
        return self.tape.history().exchanges

    def connect(self) -> HTTPConnection:
        """Return a connection to the proxy."""
        return HTTPConnection(urlsplit(self.proxy.address).netloc, timeout=PATIENCE_S)

    @contextmanager
    def asking(self, url: str, method: str = "GET", **headers: str) -> Iterator[HTTPResponse]:
        """Send a request as tab `a`, and give the reply, of which perhaps only the head has come."""
        connection, path = self.connect(), url
        if url.startswith("https:"):
            connection = self._in_tls(url)
            path = urlsplit(url).path
        named = {TAB_HEADER: "a", **{name.replace("_", "-"): value for name, value in headers.items()}}
        with closing(connection):
            connection.request(method, path, headers=named)
            with connection.getresponse() as reply:
                yield reply

    def _in_tls(self, url: str) -> HTTPConnection:
        connection = self.connect()
        split = urlsplit(url)
        connection.set_tunnel(split.hostname or "", split.port)
        connection.connect()
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        connection.sock = trusting.wrap_socket(connection.sock)
        return connection


@contextmanager
def through(route: Route) -> Iterator[Through]:
    """Give a proxy until the block ends."""
    made = Through(route)
    made.proxy.start()
    try:
        yield made
    finally:
        made.proxy.stop()


@pytest.fixture
def server() -> Iterator[LivelyServer]:
    """Give a server that speaks plain HTTP."""
    with lively_server() as made:
        yield made


@pytest.fixture
def way(server: LivelyServer) -> Iterator[Through]:
    """Give a proxy to that server."""
    with through(Route(frozenset({server.origin}))) as made:
        yield made


def first_and_second(way: Through, server: LivelyServer, path: str) -> tuple[bytes, bytes]:
    """Return the part of a stream that came before the server went on, and the part that came after."""
    with way.asking(f"{server.origin}{path}") as reply:
        assert reply.status == 200
        first = reply.read1(1000)
        server.go_on.set()
        return first, reply.read1(1000)


def test_event_arrives_while_the_stream_goes_on(way: Through, server: LivelyServer) -> None:
    """The first event is there before the second was sent; when the browser hangs up, the server hears of it."""
    first, second = first_and_second(way, server, "/events")
    assert (first, second[:11]) == (b"data: one\n\n", b"data: two\n\n")


def test_stream_that_the_browser_leaves_ends_at_the_server_too(way: Through, server: LivelyServer) -> None:
    """Nobody streams on into nothing."""
    with way.asking(f"{server.origin}/events") as reply:
        assert reply.read1(1000)
    server.go_on.set()
    assert server.gone.wait(PATIENCE_S)


def test_body_that_comes_bit_by_bit_is_handed_on_so(way: Through, server: LivelyServer) -> None:
    """Whatever its type."""
    assert first_and_second(way, server, "/bits") == (b'{"n": 1}\n', b'{"n": 2}\n')


def test_stream_is_told_as_delivered_and_is_not_under_way(way: Through, server: LivelyServer) -> None:
    """A stream that stays open keeps no stage from settling."""
    with way.asking(f"{server.origin}/events", Sec_Fetch_Dest="document") as reply:
        assert reply.read1(1000)
        assert way.ledger.wait_for(lambda: not way.ledger.under_way(), PATIENCE_S)
        assert [(e.fate, e.shown) for e in way.exchanges()] == [("delivered", 200)]


def test_stream_may_be_held_before_it_begins(way: Through, server: LivelyServer) -> None:
    """Rules act on a stream's head as on any reply."""
    way.ledger.rules.append(At("reply", Hold()))
    server.go_on.set()
    with closing(way.connect()) as connection:
        connection.request("GET", f"{server.origin}/bits", headers={TAB_HEADER: "a"})
        assert way.ledger.wait_for(lambda: bool(way.ledger.held("reply")), PATIENCE_S)
        way.proxy.release(way.ledger.held("reply")[0], Pass())
        assert connection.getresponse().read() == b'{"n": 1}\n{"n": 2}\n'


def test_other_protocol_is_spoken_through_a_tunnel_and_without_one(way: Through, server: LivelyServer) -> None:
    """As browsers do for a WebSocket: a tunnel to a plain port; both ends speak as they like."""
    split, ours = urlsplit(server.origin), urlsplit(way.proxy.address)
    for tunnelled in (True, False):
        with socket.create_connection((ours.hostname or "", ours.port or 0), timeout=PATIENCE_S) as raw:
            if tunnelled:
                raw.sendall(f"CONNECT {split.netloc} HTTP/1.1\r\nHost: {split.netloc}\r\n\r\n".encode())
                assert raw.recv(1000).startswith(b"HTTP/1.1 200")
            target = "/socket" if tunnelled else f"{server.origin}/socket"
            head = f"GET {target} HTTP/1.1\r\nHost: {split.netloc}\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n"
            raw.sendall(head.encode())
            answer = raw.recv(1000)
            assert answer.startswith(b"HTTP/1.1 101")
            assert b"x-kept: yes" in answer
            for said in (b"hello", b"again"):
                raw.sendall(said)
                assert raw.recv(1000) == said.upper()
    assert way.ledger.under_way() == []


def test_compressed_body_passes_as_it_is(way: Through, server: LivelyServer) -> None:
    """What a browser cannot undo is asked for only where the proxy can read it too."""
    with way.asking(f"{server.origin}/api/items", Accept_Encoding="gzip, deflate, br, zstd") as reply:
        assert gzip.decompress(reply.read()) == ITEMS
        assert reply.getheader("content-encoding") == "gzip"
    assert server.asked[0][2]["accept-encoding"] == "gzip, deflate"


def test_plain_body_is_asked_for_by_who_takes_no_other(way: Through, server: LivelyServer) -> None:
    """The proxy asks for nothing in the browser's name."""
    with way.asking(f"{server.origin}/api/items", Accept_Encoding="identity") as reply:
        assert reply.read() == ITEMS
    assert "accept-encoding" not in server.asked[0][2]


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Return a certificate authority that no system knows."""
    return trustme.CA()


def test_tls_is_opened_and_the_server_verified(authority: trustme.CA, tmp_path: Path) -> None:
    """With the authority's certificate the way is open, and the history tells of the exchange."""
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    with lively_server(authority) as server:
        route = Route(frozenset({server.origin}), ca_file=str(tmp_path / "ca.pem"))
        with through(route) as way, way.asking(f"{server.origin}/api/items", Accept_Encoding="identity") as reply:
            assert reply.read() == ITEMS
            (told,) = way.exchanges()
            assert (told.role, told.path, told.tab, told.shown) == ("api", "/api/items", "a", 200)


def test_certificate_that_nobody_vouches_for_is_not_taken(authority: trustme.CA) -> None:
    """The browser gets 502, and the reason is written down."""
    with lively_server(authority) as server, through(Route(frozenset({server.origin}))) as way:
        with way.asking(f"{server.origin}/api/items") as reply:
            assert reply.status == 502
        assert "nobody whom this machine trusts has signed its certificate" in way.ledger.silences[0]
        assert server.asked == []


def test_other_host_is_let_through_and_not_told() -> None:
    """No fault acts on it; one that is not named is blocked."""
    with lively_server() as other, lively_server() as third:
        host = urlsplit(other.origin).netloc
        with through(Route(frozenset({"http://app.test"}), hosts=frozenset({host}))) as apart:
            apart.ledger.rules.append(At("door", Hold()))
            with apart.asking(f"{other.origin}/api/items", Accept_Encoding="identity") as reply:
                assert reply.read() == ITEMS
            with apart.asking(f"{third.origin}/api/items") as reply:
                assert reply.status == 502
            assert apart.tape.history().exchanges == ()
        assert third.asked == []


def test_other_proxy_leads_to_the_app(server: LivelyServer, authority: trustme.CA, tmp_path: Path) -> None:
    """Plain requests name the whole address, TLS goes through a tunnel."""
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    with ExitStack() as stack:
        secure = stack.enter_context(lively_server(authority))
        origins = frozenset({server.origin, secure.origin})
        # A proxy of ours that lets everything through stands for a company's.
        onward = stack.enter_context(through(Route(origins, ca_file=str(tmp_path / "ca.pem"))))
        theirs = tmp_path / "theirs.pem"
        _write_disguise(theirs)
        route = Route(origins, ca_file=str(theirs), upstream_proxy=onward.proxy.address)
        way = stack.enter_context(through(route))
        for origin in (server.origin, secure.origin):
            with way.asking(f"{origin}/api/items", Accept_Encoding="identity") as reply:
                assert reply.read() == ITEMS
        assert [e.path for e in onward.exchanges(2)] == ["/api/items", "/api/items"]


def _write_disguise(path: Path) -> None:
    from nologout.stage.network.disguise import _authority  # noqa: PLC0415 - only here is it trusted

    _authority().cert_pem.write_to_path(path)


def test_headers_of_the_file_are_added_where_the_request_has_none(server: LivelyServer) -> None:
    """An app's own bearer header is not replaced by what opens the door before it."""
    route = Route(frozenset({server.origin}), headers=(("X-Tenant", "acme"),), basic="bWU6bXk=")
    with through(route) as way:
        for given in ({}, {"Authorization": "Bearer mine", "X_Tenant": "mine"}):
            with way.asking(f"{server.origin}/api/items", **given):
                pass
    got = [(headers["authorization"], headers["x-tenant"]) for _, _, headers in server.asked]
    assert got == [("Basic bWU6bXk=", "acme"), ("Bearer mine", "mine")]


def preflight(way: Through, server: LivelyServer, names: str) -> tuple[int, str]:
    """Ask leave for a GET with these headers; return status and the headers that leave is given for."""
    asked = {"Origin": "http://page.test", "Access_Control_Request_Method": "GET"}
    with way.asking(f"{server.origin}/api/items", "OPTIONS", **asked, Access_Control_Request_Headers=names) as reply:
        return reply.status, reply.getheader("access-control-allow-headers") or ""


def test_preflight_for_the_tab_header_alone_never_reaches_the_app(way: Through, server: LivelyServer) -> None:
    """Without the harness the browser would not ask."""
    assert preflight(way, server, TAB_HEADER) == (204, TAB_HEADER)
    assert server.asked == []
    assert way.tape.history().exchanges == ()


def test_preflight_for_other_headers_too_is_answered_by_the_app(way: Through, server: LivelyServer) -> None:
    """It does not hear of the tab's header, and the browser gets leave for it where it gets leave at all."""
    server.allow_origin = "http://page.test"
    assert preflight(way, server, f"authorization,{TAB_HEADER}") == (204, f"authorization, {TAB_HEADER}")
    assert server.asked[0][2]["access-control-request-headers"] == "authorization"
    server.allow_origin = ""
    assert preflight(way, server, f"authorization,{TAB_HEADER}") == (204, "authorization")


def test_preflight_is_no_refresh(way: Through, server: LivelyServer) -> None:
    """A fault that waits for a refresh does not take it for one."""
    with way.asking(f"{server.origin}/api/token/refresh/", "OPTIONS", Origin="http://page.test"):
        way.exchanges()
    assert way.tape.history().refreshes == ()


def test_compressed_tokens_are_read(way: Through, server: LivelyServer) -> None:
    """A refresh whose reply is compressed still tells the history which token it brought."""
    del server
    from nologout.stage.network.messages import Reply  # noqa: PLC0415 - by hand, for one test

    body = gzip.compress(json.dumps({"refresh": "r" * 20, "access": "a" * 20}).encode())
    seen = way.ledger.vault.in_reply(Reply(headers=(("content-encoding", "gzip"),), body=body, status=200))
    assert (seen.refresh, seen.access) == ("R1", "A1")
