"""A server that streams, compresses, switches protocols and speaks TLS, and remembers what it was asked."""

import base64
import gzip
import hashlib
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import trustme

from tests.serving import serving

PATIENCE_S = 5
_MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
ITEMS = b'{"items": ["' + b"x" * 2000 + b'"]}'


class LivelyServer(ThreadingHTTPServer):
    """`go_on` lets a stream go on after its first half; `gone` is set when a streaming client has hung up."""

    daemon_threads = True

    def __init__(self, tls: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.scheme = "https" if tls else "http"
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_side=True)
        self.go_on = threading.Event()
        self.gone = threading.Event()
        self.ended = threading.Event()
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.allow_origin = ""
        self.page = b"<!doctype html><title>x</title>"

    @property
    def origin(self) -> str:
        """Return the server's URL, without a path."""
        return f"{self.scheme}://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay silent when a client breaks off."""


class _Handler(BaseHTTPRequestHandler):
    server: LivelyServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append((self.command, self.path, headers))
        self.rfile.read(int(headers.get("content-length") or 0))
        {"/events": self.events, "/bits": self.bits, "/socket": self.echo, "/": self.whole}.get(self.path, self.items)()

    do_POST = do_GET  # noqa: N815 - the name that http.server looks for

    def do_OPTIONS(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append(("OPTIONS", self.path, headers))
        self.begin(204, ("Access-Control-Allow-Headers", "authorization"), ("Access-Control-Allow-Methods", "GET"))

    def begin(self, status: int, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if self.server.allow_origin:
            self.send_header("Access-Control-Allow-Origin", self.server.allow_origin)
            self.send_header("Access-Control-Allow-Credentials", "true")
        self.end_headers()

    def whole(self) -> None:
        page = self.server.page
        self.begin(200, ("Content-Type", "text/html"), ("Content-Length", str(len(page))))
        self.wfile.write(page)

    def items(self) -> None:
        squeezed = "gzip" in self.headers.get("Accept-Encoding", "")
        body = gzip.compress(ITEMS) if squeezed else ITEMS
        coding = (("Content-Encoding", "gzip"),) if squeezed else ()
        self.begin(200, ("Content-Type", "application/json"), ("Content-Length", str(len(body))), *coding)
        self.wfile.write(body)

    def events(self) -> None:
        self.stream("text/event-stream", b"data: one\n\n", b"data: two\n\n")

    def bits(self) -> None:
        self.stream("application/x-ndjson", b'{"n": 1}\n', b'{"n": 2}\n')

    def stream(self, kind: str, first: bytes, second: bytes) -> None:
        self.begin(200, ("Content-Type", kind), ("Transfer-Encoding", "chunked"))
        self.chunk(first)
        if not self.server.go_on.wait(PATIENCE_S):
            return
        self.chunk(second)
        if self.path == "/bits":
            self.chunk(b"")
            return
        try:
            while not self.server.ended.wait(0.01):
                self.chunk(second)
        except OSError:
            self.server.gone.set()

    def chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def echo(self) -> None:
        key = self.headers.get("Sec-WebSocket-Key", "")
        accept = base64.b64encode(hashlib.sha1(key.encode() + _MAGIC).digest()).decode()  # noqa: S324 - RFC 6455's own
        switching = (("Upgrade", self.headers["Upgrade"]), ("Connection", "Upgrade"), ("X-Kept", "yes"))
        self.begin(101, *switching, *((("Sec-WebSocket-Accept", accept),) if key else ()))
        if key:
            self.wfile.write(b"\x81\x05hello")  # one frame of text
        while data := self.rfile.read1(1000):
            self.wfile.write(data.upper())
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@contextmanager
def lively_server(tls: trustme.CA | None = None) -> Iterator[LivelyServer]:
    """Run a server until the block ends; with an authority it speaks TLS, by a certificate of that authority's."""
    context = None
    if tls is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.issue_cert("127.0.0.1").configure_cert(context)
    with serving(LivelyServer(context)) as server:
        try:
            yield server
        finally:
            server.go_on.set()
            server.ended.set()
