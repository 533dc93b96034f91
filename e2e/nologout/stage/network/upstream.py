"""What the proxy says to the app's server, and how much of the reply it waits for before rules decide.

A reply that ends is read whole. One that streams (server-sent events, a body that comes bit by bit, a WebSocket)
is handed on as it comes, once the rules have let it pass.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import h11

from nologout.stage.network.messages import CHUNK, HOP, SWITCHED, TAB_HEADER, Reply, texts
from nologout.stage.network.together import until_one_ends

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter

    from nologout.stage.network.messages import Request

_PATIENCE_S = 0.3
_NO_REPLY = "the server closed the connection without a reply"
_ENDLESS = ("text/event-stream", "multipart/x-mixed-replace")
_BODILESS = frozenset({"GET", "HEAD", "OPTIONS"})


class Upstream:
    """One request to the server and its reply, over a connection of its own."""

    def __init__(self, reader: StreamReader, writer: StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._parser = h11.Connection(h11.CLIENT)
        self._switched = False
        self.over = False

    async def ask(self, request: Request, address: str, *, whole: bool) -> Reply:
        """Send a request and return its reply, with as much of its body as came soon; `whole`: with all of it.

        Raises:
            ConnectionError: The server closed the connection without a reply.
        """
        await self._send(request, address)
        head = await self._head()
        if self._switched:
            return Reply(headers=texts(head.headers), body=b"", status=SWITCHED)
        reply = Reply(headers=texts(head.headers), body=b"", status=head.status_code)
        endless = reply.header("content-type").startswith(_ENDLESS)
        ends = whole or bool(reply.header("content-length"))
        patience = 0 if endless else None if ends else _PATIENCE_S
        body = await self._soon(patience)
        return Reply(headers=reply.headers, body=body, status=reply.status)

    async def more(self) -> bytes:
        """Return what comes next of the body, or nothing when it is over."""
        while not self.over:
            event = self._parser.next_event()
            if event is h11.NEED_DATA:
                self._parser.receive_data(await self._reader.read(CHUNK))
            elif isinstance(event, h11.Data):
                return bytes(event.data)
            else:
                self.over = True
        return b""

    async def splice(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Let both ends speak as they like until one hangs up (a WebSocket)."""
        writer.write(self._parser.trailing_data[0])
        await until_one_ends(_pour(reader, self._writer), _pour(self._reader, writer))

    async def _send(self, request: Request, address: str) -> None:
        kept = [(k, v) for k, v in request.headers if k not in HOP and k not in {TAB_HEADER, "accept-encoding"}]
        # What is compressed otherwise could be handed on, but not be read for tokens.
        kept += [("accept-encoding", "gzip, deflate")] if "gzip" in request.header("accept-encoding") else []
        switching = request.header("upgrade")
        hop = [("connection", "upgrade"), ("upgrade", switching)] if switching else [("connection", "close")]
        framing = (
            [("content-length", str(len(request.body)))] if request.body or request.method not in _BODILESS else []
        )
        head = h11.Request(method=request.method, target=address, headers=kept + framing + hop)
        for event in (head, h11.Data(data=request.body), h11.EndOfMessage()):
            self._writer.write(self._parser.send(event) or b"")
        await self._writer.drain()

    async def _head(self) -> h11.Response | h11.InformationalResponse:
        while True:
            event = self._parser.next_event()
            if event is h11.NEED_DATA:
                received = await self._reader.read(CHUNK)
                if not received:
                    raise ConnectionError(_NO_REPLY)
                self._parser.receive_data(received)
            elif isinstance(event, h11.InformationalResponse) and event.status_code == SWITCHED:
                self._switched = self.over = True
                return event
            elif isinstance(event, h11.Response):
                return event
            elif not isinstance(event, h11.InformationalResponse):
                raise ConnectionError(_NO_REPLY)

    async def _soon(self, patience: float | None) -> bytes:
        body = bytearray()

        async def gather() -> None:
            while chunk := await self.more():
                body.extend(chunk)

        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(gather(), patience)
        return bytes(body)


async def _pour(reader: StreamReader, writer: StreamWriter) -> None:
    while data := await reader.read(CHUNK):
        writer.write(data)
        await writer.drain()
