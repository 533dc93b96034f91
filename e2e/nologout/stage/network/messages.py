"""Requests and replies as plain values, read and written with h11 over asyncio streams."""

from __future__ import annotations

import gzip
import json
import zlib
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import h11
import msgspec

if TYPE_CHECKING:
    from asyncio import StreamReader

Headers = tuple[tuple[str, str], ...]
CHUNK = 65_536
# Connection-level headers belong to one hop, and the proxy frames bodies anew.
HOP = frozenset(
    {"connection", "proxy-connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "content-length"}
)
SWITCHED = 101
TAB_HEADER = "x-nologout-tab"


class Message(msgspec.Struct, frozen=True):
    """Headers and a body; header names are lower case."""

    headers: Headers
    body: bytes

    def header(self, name: str) -> str:
        """Return the first header of that name, or an empty text."""
        return next((value for key, value in self.headers if key == name), "")

    def json(self) -> dict[str, Any]:
        """Return the body's JSON object, or an empty one when it is none."""
        try:
            found = json.loads(self.plain)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def plain(self) -> bytes:
        """Return the body without its compression; nothing where that cannot be undone."""
        how = self.header("content-encoding").strip().lower()
        try:
            if how in {"gzip", "x-gzip"}:
                return gzip.decompress(self.body)
            return zlib.decompress(self.body) if how == "deflate" else self.body
        except (OSError, EOFError, zlib.error):
            return b""


class Request(Message, frozen=True):
    """A request as the browser sent it to the proxy; `target` is an absolute URL."""

    method: str
    target: str

    @property
    def path(self) -> str:
        """Return the path without its query, which may carry secrets."""
        return urlsplit(self.target).path or "/"

    @property
    def cookies(self) -> dict[str, str]:
        """Return the cookies that the request carries."""
        return parse_cookies(self.header("cookie"))


class Reply(Message, frozen=True):
    """A reply, from the server or made up by a fault."""

    status: int

    @property
    def wait_s(self) -> float | None:
        """Return the seconds of its Retry-After, or None where it has none (or a date)."""
        told = self.header("retry-after")
        return float(told) if told.isdecimal() else None

    @property
    def set_cookies(self) -> dict[str, str]:
        """Return the cookies that the reply sets (an empty value: deleted)."""
        found: dict[str, str] = {}
        for key, value in self.headers:
            if key == "set-cookie":
                found |= parse_cookies(value.split(";", 1)[0])
        return found


def parse_cookies(text: str) -> dict[str, str]:
    """Return a cookie header's names and values; a header that is no cookie gives none."""
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(text).items()}
    except CookieError:
        return {}


async def read_request(reader: StreamReader, origin: str = "") -> Request | None:
    """Read one request; None when the browser closed the connection without one.

    `origin` is where a tunnel leads: what is asked for in it are paths.
    """
    parser = h11.Connection(h11.SERVER)
    head, body = await _read(parser, reader)
    if not isinstance(head, h11.Request):
        return None
    return Request(
        headers=texts(head.headers),
        body=body,
        method=head.method.decode("ascii"),
        target=origin + head.target.decode("latin-1"),
    )


def serialise(reply: Reply, method: str) -> bytes:
    """Return a reply's bytes for the browser; each connection carries one exchange.

    A kept-alive socket that is reset makes browsers re-send a POST by themselves.
    """
    bodiless = method == "HEAD" or reply.status in {204, 304}
    length = () if bodiless else (("content-length", str(len(reply.body))),)
    writing = Writing(method)
    return writing.head(reply, *length) + (b"" if bodiless else writing.data(reply.body)) + writing.end()


class Writing:
    """Writes one reply for the browser, whole or bit by bit; without a length its body is chunked."""

    def __init__(self, method: str) -> None:
        self._parser = h11.Connection(h11.SERVER)
        self._parser.receive_data(f"{method} / HTTP/1.1\r\nHost: browser\r\n\r\n".encode())
        self._parser.next_event()

    def head(self, reply: Reply, *framing: tuple[str, str]) -> bytes:
        """Return the bytes of status and headers."""
        kept = [(k, v) for k, v in reply.headers if k not in HOP]
        headers = [*kept, ("connection", "close"), *framing]
        return self._parser.send(h11.Response(status_code=reply.status, headers=headers)) or b""

    def data(self, body: bytes) -> bytes:
        """Return the bytes of a piece of the body."""
        return self._parser.send(h11.Data(data=body)) or b""

    def end(self) -> bytes:
        """Return the bytes after the last piece."""
        return self._parser.send(h11.EndOfMessage()) or b""


def switching(reply: Reply) -> bytes:
    """Return the bytes that tell the browser of a switch to another protocol."""
    lines = "".join(f"{key}: {value}\r\n" for key, value in reply.headers)
    return f"HTTP/1.1 {reply.status} Switching Protocols\r\n{lines}\r\n".encode("latin-1")


async def _read(parser: h11.Connection, reader: StreamReader) -> tuple[h11.Event | None, bytes]:
    head: h11.Event | None = None
    body = bytearray()
    while True:
        event = parser.next_event()
        if event is h11.NEED_DATA:
            parser.receive_data(await reader.read(CHUNK))
        elif isinstance(event, (h11.Request, h11.Response)):
            head = event
        elif isinstance(event, h11.Data):
            body += event.data
        elif isinstance(event, h11.InformationalResponse):
            continue
        else:
            return head, bytes(body)


def texts(headers: Any) -> Headers:  # noqa: ANN401 - h11's own header sequence
    """Return h11's headers as texts, their names in lower case."""
    return tuple((bytes(k).decode("latin-1").lower(), bytes(v).decode("latin-1")) for k, v in headers)
