"""How a reply goes to the browser: whole, cut short, as it comes, or not at all."""

from __future__ import annotations

import asyncio
import socket
import struct
from typing import TYPE_CHECKING

from nologout.errors import HarnessError
from nologout.stage.network.live import Answer, CutShort, Drop
from nologout.stage.network.messages import SWITCHED, Reply, Writing, serialise, switching
from nologout.stage.network.together import until_one_ends

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter

    from nologout.stage.network.live import Action, Live
    from nologout.stage.network.upstream import Upstream

_RESET = struct.pack("ii", 1, 0)


async def carry_out(action: Action, live: Live, writer: StreamWriter) -> None:
    """Do with a reply what a rule said."""
    if isinstance(action, Drop):
        live.fate = "lost" if live.reply else "refused_at_door"
        _reset(writer)
        return
    if isinstance(action, Answer) and action.after_s:
        await asyncio.sleep(action.after_s)
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
    delivered(live, reply)
    live.fate = "answered_instead" if isinstance(action, Answer) else "delivered"


def delivered(live: Live, reply: Reply | None) -> None:
    """Write down that the browser got a reply."""
    if reply is not None:
        live.shown, live.wait_s = reply.status, reply.wait_s
        live.fate = "delivered"


def _reset(writer: StreamWriter) -> None:
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    writer.transport.abort()


def blocked() -> Reply:
    """Return the answer to a request that leads elsewhere."""
    return refusal("nologout blocks hosts that are not the target's")


def refusal(words: str) -> Reply:
    """Return an answer of the proxy's own."""
    return Reply(headers=(("content-type", "text/plain"),), body=words.encode(), status=502)


def goes_on(upstream: Upstream, reply: Reply | None) -> bool:
    """Tell whether there is more to come of a reply than has been read of it."""
    return not upstream.over or (reply is not None and reply.status == SWITCHED)


async def go_on(upstream: Upstream, live: Live, reader: StreamReader, writer: StreamWriter) -> None:
    """Hand on what comes bit by bit, until one side has had enough."""
    reply = live.reply
    if reply is None:
        raise HarnessError("a reply goes on that never began")
    if reply.status == SWITCHED:
        writer.write(switching(reply))
        await upstream.splice(reader, writer)
        return
    await until_one_ends(_hand_on(upstream, live, reply, writer), reader.read(1))


async def _hand_on(upstream: Upstream, live: Live, reply: Reply, writer: StreamWriter) -> None:
    writing = Writing(live.request.method)
    length = reply.header("content-length")
    writer.write(writing.head(reply, *((("content-length", length),) if length else ())))
    await writer.drain()
    chunk = reply.body or await upstream.more()
    while chunk:
        writer.write(writing.data(chunk))
        await writer.drain()
        chunk = await upstream.more()
    writer.write(writing.end())
    await writer.drain()
