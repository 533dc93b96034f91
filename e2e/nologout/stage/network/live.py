"""An exchange while it is under way, and the rules that may act on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

import msgspec

from nologout.model.history import Exchange
from nologout.redact import redact
from nologout.stage.network.messages import TAB_HEADER, Reply
from nologout.stage.network.tokens import Seen

if TYPE_CHECKING:
    import asyncio

    from nologout.model.history import Fate, Role
    from nologout.stage.network.messages import Request

Place = Literal["door", "reply"]

# What a browser opens to a host that speaks HTTP/1.1, over all its tabs; the rest it holds back.
CONNECTIONS_TO_A_HOST = 6


class Pass(msgspec.Struct, frozen=True):
    """Let the exchange go on."""


class Hold(msgspec.Struct, frozen=True):
    """Keep the exchange where it is until it is released."""


class Drop(msgspec.Struct, frozen=True):
    """Reset the browser's connection: at the door the server never hears of it, later the reply is lost."""


class CutShort(msgspec.Struct, frozen=True):
    """Send the server's reply down to the middle of its body, and close the connection there."""


class Answer(msgspec.Struct, frozen=True):
    """Answer in the server's place, after some seconds."""

    reply: Reply
    after_s: float = 0.0


Action = Pass | Hold | Drop | CutShort | Answer


class Live:
    """One exchange under way; the proxy's thread changes it, the harness's thread reads it."""

    def __init__(self, request: Request, role: Role, arrived: float) -> None:
        self.id = 0
        self.request = request
        self.role = role
        self.arrived = arrived
        self.tab = request.header(TAB_HEADER)
        self.document = 0
        self.server_time = 0.0
        self.carries = ""
        self.wait_s: float | None = None
        self.spoiled = False
        self.used = Seen()
        self.issued = Seen()
        self.reply: Reply | None = None
        self.shown: int | None = None
        self.answered: float | None = None
        self.fate: Fate | None = None
        self.held_at: Place | None = None
        self.gate: asyncio.Future[Action] | None = None

    @property
    def is_document(self) -> bool:
        """Tell whether the browser loads a page with it."""
        return self.request.header("sec-fetch-dest") == "document"

    @property
    def is_asset(self) -> bool:
        """Tell whether this is a script, a style or a picture: nothing for a history, if it arrives."""
        return self.role == "page" and not self.is_document

    def finished(self, ended: float) -> Exchange:
        """Return the exchange as it stands in the history."""
        body = self.reply.json() if self.reply and self.reply.status >= 400 else {}
        return Exchange(
            at=self.arrived,
            id=self.id,
            tab=self.tab,
            method=self.request.method,
            path=redact(self.request.path),
            role=self.role,
            fate=self.fate or "abandoned",
            status=self.reply.status if self.reply else None,
            shown=self.shown,
            answered=self.answered,
            ended=ended,
            refresh_used=self.used.refresh if self.role in {"refresh", "sign_out"} else "",
            access_used=self.used.access,
            refresh_issued=self.issued.refresh,
            access_issued=self.issued.access,
            access_expires=self.issued.access_expires,
            server_time=self.server_time,
            reason=redact(str(body.get("reason") or body.get("code") or ""))[:60],
            document=self.document,
            carries=self.carries,
            wait_s=self.wait_s,
            spoiled=self.spoiled,
            scheme=redact(self.used.scheme)[:20],
            media=_media(self.reply) if self.reply else "",
        )


def _media(reply: Reply) -> str:
    """Return the media type of a reply, without its parameters."""
    return redact(reply.header("content-type").partition(";")[0].strip().lower())[:40]


class Rule(Protocol):
    """A network fault's hands: asked about every exchange, first before the server hears of it."""

    def at_door(self, live: Live) -> Action:
        """Say what becomes of a request that has just arrived."""

    def at_reply(self, live: Live) -> Action:
        """Say what becomes of the server's reply."""
