"""A fault proxy in front of a tiny server, and a client that speaks through it."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import NamedTuple
from urllib.parse import urlsplit

from nologout.model.history import Exchange, Role
from nologout.stage.network.ledger import Ledger
from nologout.stage.network.live import Action, Live, Pass, Place
from nologout.stage.network.messages import TAB_HEADER
from nologout.stage.network.proxy import FaultProxy
from nologout.stage.network.route import Route
from nologout.stage.network.tokens import TokenVault
from nologout.stage.tape import Tape
from nologout.targets.app import TokenPlaces
from tests.tiny_server import TinyServer, tiny_server

PATIENCE_S = 5
REFRESH, API = "/api/token/refresh/", "/api/items/"
PLACES = TokenPlaces("refresh", "access", "renewal", "entry")


class Got(NamedTuple):
    """What the client got."""

    status: int
    headers: dict[str, str]
    body: bytes


class At:
    """A rule that acts on every exchange at one place."""

    def __init__(self, place: Place, action: Action) -> None:
        self._actions = {place: action}

    def at_door(self, live: Live) -> Action:
        """Act at the door, or let pass."""
        del live
        return self._actions.get("door", Pass())

    def at_reply(self, live: Live) -> Action:
        """Act at the reply, or let pass."""
        del live
        return self._actions.get("reply", Pass())


@dataclass
class Proxied:
    """The proxy, its ledger and tape, the server behind it, and a client in threads of its own."""

    server: TinyServer
    proxy: FaultProxy
    ledger: Ledger
    tape: Tape
    threads: ThreadPoolExecutor

    def connect(self) -> HTTPConnection:
        """Return a connection to the proxy."""
        return HTTPConnection(urlsplit(self.proxy.address).netloc, timeout=PATIENCE_S)

    def ask(self, method: str, path: str, body: str = "", origin: str = "", **headers: str) -> Got:
        """Send a request through the proxy, as tab `a`, and return the reply."""
        connection = self.connect()
        named = {TAB_HEADER: "a", **{name.replace("_", "-"): value for name, value in headers.items()}}
        try:
            connection.request(method, f"{origin or self.server.origin}{path}", body or None, named)
            reply = connection.getresponse()
            return Got(reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read())
        finally:
            connection.close()

    def asking(self, method: str, path: str) -> Future[Got]:
        """Send a request in a thread of its own."""
        return self.threads.submit(self.ask, method, path)

    def await_held(self, place: Place, count: int = 1) -> list[Live]:
        """Return what is held at a place, as soon as there is so much of it."""
        assert self.ledger.wait_for(lambda: len(self.ledger.held(place)) == count, PATIENCE_S)
        return self.ledger.held(place)

    def exchanges(self, count: int = 1) -> tuple[Exchange, ...]:
        """Return the exchanges of the history, as soon as so many are over."""
        assert self.ledger.wait_for(lambda: len(self.tape.history().exchanges) == count, PATIENCE_S)
        return self.tape.history().exchanges


def role_of(method: str, url: str) -> Role:
    """Return what a request is for."""
    path = urlsplit(url).path
    if path == REFRESH and method == "POST":
        return "refresh"
    return "api" if path.startswith("/api/") else "page"


@contextmanager
def proxied() -> Iterator[Proxied]:
    """Put a proxy in front of a server until the block ends."""
    tape = Tape()
    with tiny_server() as server, ThreadPoolExecutor() as threads:
        ledger = Ledger(tape, TokenVault(PLACES), role_of)
        proxy = FaultProxy(ledger, Route(frozenset({server.origin})))
        proxy.start()
        try:
            yield Proxied(server, proxy, ledger, tape, threads)
        finally:
            proxy.stop()
