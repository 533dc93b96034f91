"""Requests and replies as plain values, read and written with h11 over asyncio streams."""

from __future__ import annotations

import json
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import h11
import msgspec

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter

Headers = tuple[tuple[str, str], ...]
_CHUNK = 65_536
# Connection-level headers belong to one hop; the proxy frames bodies anew and asks for no compression.
_HOP = frozenset(
    {"connection", "proxy-connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade"}
    | {"accept-encoding", "content-length"}
)
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
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


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


async def read_request(reader: StreamReader) -> Request | None:
    """Read one request; None when the browser closed the connection without one."""
    parser = h11.Connection(h11.SERVER)
    head, body = await _read(parser, reader)
    if not isinstance(head, h11.Request):
        return None
    return Request(
        headers=_texts(head.headers),
        body=body,
        method=head.method.decode("ascii"),
        target=head.target.decode("latin-1"),
    )


async def ask(reader: StreamReader, writer: StreamWriter, request: Request) -> Reply:
    """Send a request to the server over a fresh connection and read the reply."""
    parser = h11.Connection(h11.CLIENT)
    split = urlsplit(request.target)
    target = (split.path or "/") + (f"?{split.query}" if split.query else "")
    kept = [(k, v) for k, v in request.headers if k not in _HOP and k != TAB_HEADER]
    framing = [("content-length", str(len(request.body))), ("connection", "close")]
    head = h11.Request(method=request.method, target=target, headers=kept + framing)
    for event in (head, h11.Data(data=request.body), h11.EndOfMessage()):
        writer.write(parser.send(event) or b"")
    await writer.drain()
    answer, body = await _read(parser, reader)
    if not isinstance(answer, h11.Response):
        raise ConnectionError("the server closed the connection without a reply")
    return Reply(headers=_texts(answer.headers), body=body, status=answer.status_code)


def serialise(reply: Reply, method: str) -> bytes:
    """Return a reply's bytes for the browser; each connection carries one exchange.

    A kept-alive socket that is reset makes browsers re-send a POST by themselves.
    """
    parser = h11.Connection(h11.SERVER)
    parser.receive_data(f"{method} / HTTP/1.1\r\nHost: browser\r\n\r\n".encode())
    parser.next_event()
    kept = [(k, v) for k, v in reply.headers if k not in _HOP]
    framing = [("connection", "close"), ("content-length", str(len(reply.body)))]
    head = h11.Response(status_code=reply.status, headers=kept + framing)
    body = b"" if method == "HEAD" else reply.body
    events: tuple[h11.Event, ...] = (head, h11.Data(data=body), h11.EndOfMessage())
    if method == "HEAD" or reply.status in {204, 304}:
        events = (
            h11.Response(status_code=reply.status, headers=[*kept, ("connection", "close")]),
            h11.EndOfMessage(),
        )
    return b"".join(parser.send(event) or b"" for event in events)


async def _read(parser: h11.Connection, reader: StreamReader) -> tuple[h11.Event | None, bytes]:
    head: h11.Event | None = None
    body = bytearray()
    while True:
        event = parser.next_event()
        if event is h11.NEED_DATA:
            parser.receive_data(await reader.read(_CHUNK))
        elif isinstance(event, (h11.Request, h11.Response)):
            head = event
        elif isinstance(event, h11.Data):
            body += event.data
        elif isinstance(event, h11.InformationalResponse):
            continue
        else:
            return head, bytes(body)


def _texts(headers: Any) -> Headers:  # noqa: ANN401 - h11's own header sequence
    return tuple((bytes(k).decode("latin-1").lower(), bytes(v).decode("latin-1")) for k, v in headers)
