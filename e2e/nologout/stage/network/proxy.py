"""The fault proxy: a forward HTTP proxy of its own thread, in which rules decide each exchange's fate.

The browser keeps the app's own origin (it talks to the app *through* the proxy), so cookies and
storage behave as they do without it. Only the hosts of the target are reached.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import h11

from nologout.errors import HarnessError
from nologout.stage.network.live import Answer, CutShort, Drop, Hold, Pass
from nologout.stage.network.messages import Reply, ask, read_request, serialise

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter

    from nologout.stage.network.ledger import Ledger
    from nologout.stage.network.live import Action, Live, Place
    from nologout.stage.network.messages import Request

_TURNS = 5
_RESET = struct.pack("ii", 1, 0)
_BROKEN = (ConnectionError, asyncio.IncompleteReadError, h11.ProtocolError, OSError)


class FaultProxy:
    """Serves one stage; `start` before use, `stop` always."""

    def __init__(self, ledger: Ledger, origins: frozenset[str]) -> None:
        self.ledger = ledger
        self.address = ""
        self._origins = origins
        self._loop = asyncio.new_event_loop()
        self._server: asyncio.Server | None = None
        self._thread = threading.Thread(target=self._run, name="fault-proxy", daemon=True)
        self._ready = threading.Event()
        # asyncio itself forgets a task whose browser has gone, and it would be collected before the server answers.
        self._tasks: set[asyncio.Task[Any] | None] = set()

    def start(self) -> None:
        """Listen on a free loopback port; `address` is its URL from then on."""
        self._thread.start()
        if not self._ready.wait(5):
            raise HarnessError("the fault proxy did not start within 5 s")

    def stop(self) -> None:
        """Drop what is under way and end the thread; a stopped proxy may be stopped again."""
        if self._thread.is_alive():
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(5)

    @property
    def alive(self) -> bool:
        """Tell whether the proxy still serves."""
        return self._thread.is_alive()

    def release(self, live: Live, action: Action) -> None:
        """Let a held exchange go on in the way that `action` says."""

        def settle() -> None:
            if live.gate is not None and not live.gate.done():
                live.gate.set_result(action)

        with contextlib.suppress(RuntimeError):  # a stopped proxy holds nothing any more
            self._loop.call_soon_threadsafe(settle)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._listen())
        self._ready.set()
        try:
            self._loop.run_forever()
        finally:
            self._loop.run_until_complete(self._close())
            self._loop.close()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, backlog=512)
        self.address = "http://127.0.0.1:{1}".format(*self._server.sockets[0].getsockname())

    async def _close(self) -> None:
        if self._server is not None:
            self._server.close()
        for _ in range(_TURNS):  # connections that came a moment ago get to begin, so that they can end
            await asyncio.sleep(0)
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)

    async def _accept(self, reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.current_task()
        self._tasks.add(task)
        with contextlib.suppress(*_BROKEN, asyncio.CancelledError):
            request = await read_request(reader)
            if request is not None:
                await self._serve(request, reader, writer)
        await _closed(writer)
        self._tasks.discard(task)

    async def _serve(self, request: Request, reader: StreamReader, writer: StreamWriter) -> None:
        if _origin(request.target) not in self._origins:
            writer.write(serialise(_refusal("nologout blocks hosts that are not the target's"), request.method))
            return
        live = self.ledger.open(request)
        try:
            await self._exchange(live, reader, writer)
        finally:
            self.ledger.close(live)

    async def _exchange(self, live: Live, reader: StreamReader, writer: StreamWriter) -> None:
        action = await self._decide(live, "door", reader)
        if isinstance(action, Pass):
            try:
                self.ledger.answered(live, await _forward(live.request))
            except _BROKEN:
                action = Answer(_refusal("the app's server did not answer"))
            else:
                action = await self._decide(live, "reply", reader)
        await _carry_out(action, live, writer)

    async def _decide(self, live: Live, place: Place, reader: StreamReader) -> Action:
        action = self.ledger.rule_on(live, place)
        if not isinstance(action, Hold):
            return action
        live.gate = self._loop.create_future()
        self.ledger.hold(live, place)
        gone = self._loop.create_task(reader.read(1))
        try:
            waited: set[asyncio.Future[Any]] = {live.gate, gone}
            await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
            if not live.gate.done():
                raise ConnectionResetError("the browser gave the request up")
            return live.gate.result()
        finally:
            gone.cancel()
            self.ledger.unhold(live)


async def _forward(request: Request) -> Reply:
    split = urlsplit(request.target)
    reader, writer = await asyncio.open_connection(split.hostname, split.port or 80)
    try:
        return await ask(reader, writer, request)
    finally:
        await _closed(writer)


async def _closed(writer: StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(*_BROKEN):
        await writer.wait_closed()


async def _carry_out(action: Action, live: Live, writer: StreamWriter) -> None:
    if isinstance(action, Drop):
        live.fate = "lost" if live.reply else "refused_at_door"
        _reset(writer)
        return
    reply = action.reply if isinstance(action, Answer) else live.reply
    if reply is None:
        raise HarnessError("an exchange passed the reply gate without a reply")
    sent = serialise(reply, live.request.method)
    if isinstance(action, CutShort):
        live.fate = "cut_short"
        writer.write(sent[: len(sent) - max(1, len(reply.body) // 2)])
        await writer.drain()
        return
    writer.write(sent)
    await writer.drain()
    live.shown, live.wait_s = reply.status, reply.wait_s
    live.fate = "answered_instead" if isinstance(action, Answer) else "delivered"


def _reset(writer: StreamWriter) -> None:
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    writer.transport.abort()


def _origin(url: str) -> str:
    split = urlsplit(url)
    return f"{split.scheme}://{split.netloc}"


def _refusal(words: str) -> Reply:
    return Reply(headers=(("content-type", "text/plain"),), body=words.encode(), status=502)
