"""The fault proxy: a forward HTTP proxy of its own thread, in which rules decide each exchange's fate.

The browser keeps the app's own origin (it talks to the app *through* the proxy), so cookies and
storage behave as they do without it. Only the hosts of the target are reached, and those that it names.
What goes through TLS the proxy opens with a certificate of its own, and verifies the app's.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import h11

from nologout.errors import HarnessError
from nologout.stage.network.delivery import blocked, carry_out, delivered, go_on, goes_on, refusal
from nologout.stage.network.disguise import context_for
from nologout.stage.network.live import Answer, Hold, Live, Pass
from nologout.stage.network.messages import read_request, serialise
from nologout.stage.network.preflight import is_needless, leave, names_tab, with_tab, without_tab
from nologout.stage.network.upstream import Upstream

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter
    from contextlib import AsyncExitStack

    from nologout.stage.network.ledger import Ledger
    from nologout.stage.network.live import Action, Place
    from nologout.stage.network.messages import Reply, Request
    from nologout.stage.network.route import Route

_TURNS = 5
_PARTING_S = 1
_OPENED = b"HTTP/1.1 200 Connection established\r\n\r\n"
# Of these nothing is handed on before all of it is there: what they bring is what rules and histories are about.
_HOLD_TOKENS = frozenset({"refresh", "sign_in"})
_BROKEN = (ConnectionError, asyncio.IncompleteReadError, h11.ProtocolError, OSError)


class FaultProxy:
    """Serves one stage; `start` before use, `stop` always."""

    def __init__(self, ledger: Ledger, route: Route) -> None:
        self.ledger = ledger
        self.address = ""
        self._route = route
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

    def reaches(self, url: str) -> bool:
        """Tell whether a request for a URL goes on from here; anything else is blocked."""
        return self._route.is_target(url) or self._route.is_let_through(url)

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
        for _ in range(_TURNS):  # and so do those that were broken off just now
            await asyncio.sleep(0)

    async def _accept(self, reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.current_task()
        self._tasks.add(task)
        with contextlib.suppress(*_BROKEN, asyncio.CancelledError):
            request = await read_request(reader)
            if request is not None and request.method == "CONNECT":
                request = await self._tunnel(request.target, reader, writer)
            if request is not None:
                await self._serve(request, reader, writer)
        await _closed(writer)
        self._tasks.discard(task)

    async def _tunnel(self, authority: str, reader: StreamReader, writer: StreamWriter) -> Request | None:
        """Play the end of a tunnel; return what is asked for inside."""
        origin = f"{self._route.scheme_at(authority)}://{authority}"
        if not self.reaches(origin):
            writer.write(serialise(blocked(), "CONNECT"))
            return None
        writer.write(_OPENED)
        if origin.startswith("https:"):
            await writer.start_tls(context_for(urlsplit(origin).hostname or ""))
        return await read_request(reader, origin)

    async def _serve(self, request: Request, reader: StreamReader, writer: StreamWriter) -> None:
        if not self.reaches(request.target):
            writer.write(serialise(blocked(), request.method))
        elif names_tab(request) and is_needless(request):
            writer.write(serialise(leave(request), request.method))
        else:
            await self._pass_on(request, reader, writer)

    async def _pass_on(self, request: Request, reader: StreamReader, writer: StreamWriter) -> None:
        async with contextlib.AsyncExitStack() as stack:
            if self._route.is_target(request.target):
                live = self.ledger.open(request)
                try:
                    upstream = await self._exchange(live, reader, writer, stack)
                finally:
                    self.ledger.close(live)
            else:
                live = Live(request, "other", 0)
                upstream = await self._let_through(live, writer, stack)
            if upstream is not None:  # what goes on for long is no exchange under way
                await go_on(upstream, live, reader, writer)

    async def _let_through(self, live: Live, writer: StreamWriter, stack: AsyncExitStack) -> Upstream | None:
        """Ask a host that is not the target's: no rule acts on it, and no history tells of it."""
        try:
            upstream, live.reply = await self._ask(live.request, stack)
        except _BROKEN:
            await carry_out(Answer(refusal("nobody answered there")), live, writer)
            return None
        if goes_on(upstream, live.reply):
            return upstream
        await carry_out(Pass(), live, writer)
        return None

    async def _exchange(
        self, live: Live, reader: StreamReader, writer: StreamWriter, stack: AsyncExitStack
    ) -> Upstream | None:
        upstream, action = None, await self._decide(live, "door", reader)
        if isinstance(action, Pass):
            try:
                outgoing = self._route.dressed(self.ledger.outgoing(live))
                upstream, reply = await self._ask(outgoing, stack, whole=live.role in _HOLD_TOKENS)
            except _BROKEN as error:
                self.ledger.unanswered(live, error)
                action = Answer(refusal("the app's server did not answer"))
            else:
                self.ledger.answered(live, reply)
                action = await self._decide(live, "reply", reader)
        if isinstance(action, Pass) and upstream is not None and goes_on(upstream, live.reply):
            delivered(live, live.reply)
            return upstream
        await carry_out(action, live, writer)
        return None

    async def _ask(self, request: Request, stack: AsyncExitStack, *, whole: bool = False) -> tuple[Upstream, Reply]:
        reader, writer = await self._route.connect(request.target)
        # However long the reply is held: a server that waits for the other end to hang up serves nobody meanwhile.
        async with contextlib.AsyncExitStack() as until_over:
            until_over.push_async_callback(_closed, writer)
            upstream = Upstream(reader, writer)
            asked = without_tab(request) if names_tab(request) else request
            reply = await upstream.ask(asked, self._route.address(request.target), whole=whole)
            if goes_on(upstream, reply):
                stack.push_async_exit(until_over.pop_all())
        return upstream, with_tab(reply) if names_tab(request) else reply

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


async def _closed(writer: StreamWriter) -> None:
    writer.close()
    try:
        await asyncio.wait_for(writer.wait_closed(), _PARTING_S)
    except (TimeoutError, asyncio.CancelledError) as unfinished:
        # TLS parts with words, which the other side may owe; nothing of it is left open.
        writer.transport.abort()
        if isinstance(unfinished, asyncio.CancelledError):
            raise
    except _BROKEN:
        return
