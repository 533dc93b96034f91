"""Reads along: every request of the app and its reply, and makes access tokens invalid on their way when told to."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from nologout.stage.network.ledger import Ledger
from nologout.stage.network.live import Drop, Pass
from nologout.stage.network.route import Route, origin_of
from nologout.stage.network.tokens import TokenVault, spoil
from nologout.stage.tape import Tape
from nologout.targets.app import TokenPlaces
from nologout.targets.hosts import may_be_disturbed

if TYPE_CHECKING:
    from nologout.stage.network.live import Action, Live
    from nologout.stage.network.messages import Request

# Far more than it takes; an app that asks without end is left alone then.
_MOST = 1500
_RENEWS = re.compile(r"refresh|renew|rotate", re.IGNORECASE)


@dataclass(frozen=True)
class AnyOwn(Route):
    """Ways to whatever may be disturbed: an app's API may have an origin of its own. Other hosts are blocked."""

    allowed: frozenset[str] = frozenset()
    blocked: dict[str, None] = field(default_factory=dict)
    plain: set[str] = field(default_factory=set)

    def is_target(self, url: str) -> bool:
        """Tell whether a URL may be asked for."""
        host = urlsplit(url).hostname or ""
        if not may_be_disturbed(host, self.allowed):
            self.blocked[host] = None
            return False
        if url.startswith("http:"):
            self.plain.add(origin_of(url))
        return True

    def blocked_of(self, asked: set[str]) -> tuple[str, ...]:
        """Return those of the hosts that pages asked for which were blocked; a browser has errands of its own, too."""
        return tuple(host for host in self.blocked if host in asked)

    def scheme_at(self, authority: str) -> str:
        """Return what a browser speaks in a tunnel: plain HTTP where it did so before, outside of one."""
        return "http" if origin_of(f"http://{authority}") in self.plain else "https"


class Watch(Ledger):
    """A ledger that keeps everything, in memory alone."""

    def __init__(self) -> None:
        super().__init__(Tape(), TokenVault(TokenPlaces()), lambda _method, _url: "other")
        self.lives: list[Live] = []
        self._moved_at = time.monotonic()
        self._bad = frozenset[str]()
        self._spared = frozenset[str]()

    def open(self, request: Request) -> Live:
        """Keep a request."""
        live = super().open(request)
        self.lives.append(live)
        self._moved_at = time.monotonic()
        return live

    def close(self, live: Live) -> None:
        """Remember when the last exchange was over."""
        super().close(live)
        self._moved_at = time.monotonic()

    def stir(self) -> None:
        """Begin to count the quiet anew: something is about to be done."""
        self._moved_at = time.monotonic()

    def quiet_for(self) -> float:
        """Return for how many seconds nothing has been under way."""
        return 0 if self.under_way() else time.monotonic() - self._moved_at

    def expire(self, tokens: frozenset[str], spared: frozenset[str] = frozenset()) -> None:
        """Make these access tokens invalid on their way, but not where one of the spared ones goes along in a body."""
        self._bad, self._spared = tokens, spared

    def outgoing(self, live: Live) -> Request:
        """Return a request as the server gets it."""
        request = live.request
        bad = self._bad & {request.header("authorization").partition(" ")[2], *request.cookies.values()}
        renews = request.method != "GET" and _RENEWS.search(request.path)
        if not bad or renews or any(token.encode() in request.body for token in self._spared):
            return request
        sent = request
        for token in bad:
            sent = spoil(sent, token)
        live.spoiled = sent != request
        return sent

    def rule_on(self, live: Live, place: str) -> Action:
        """Let everything pass, as long as it is not without end."""
        del live, place
        return Pass() if len(self.lives) < _MOST else Drop()
