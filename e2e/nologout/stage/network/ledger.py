"""The ledger: every exchange under way, what the rules say of it, and what is held where."""

from __future__ import annotations

import itertools
import threading
import time
from typing import TYPE_CHECKING

from nologout.redact import redact
from nologout.redact.spellings import spellings
from nologout.stage.network.live import Live, Pass
from nologout.stage.network.tokens import spoil
from nologout.targets.trust import distrust

if TYPE_CHECKING:
    from collections.abc import Callable

    from nologout.model.history import Role
    from nologout.stage.network.live import Action, Place, Rule
    from nologout.stage.network.messages import Reply, Request
    from nologout.stage.network.tokens import TokenVault
    from nologout.stage.tape import Tape


class Ledger:
    """Shared by the proxy's thread (which writes) and the harness's (which waits).

    `has_stormed`: a tab refreshed without end, and was stopped.
    """

    def __init__(self, tape: Tape, vault: TokenVault, role_of: Callable[[str, str], Role]) -> None:
        self.vault = vault
        self.rules: list[Rule] = []
        self.server_offset = 0.0
        self.marks: dict[bytes, str] = {}
        self.silences: list[str] = []
        self.has_stormed = False
        self._spoilt: frozenset[str] = frozenset()
        self._passwords: set[bytes] = set()
        self._tape = tape
        self._role_of = role_of
        self._numbers = itertools.count(1)
        self._under_way: list[Live] = []
        self._documents: dict[str, int] = {}
        self._changed = threading.Condition()

    def open(self, request: Request) -> Live:
        """Write down that a request arrived."""
        with self._changed:
            role = self._role_of(request.method, request.target)
            if request.method == "POST" and any(secret in request.body for secret in self._passwords):
                role = "sign_in"
            live = Live(request, role, self._tape.now())
            live.id = 0 if live.is_asset else next(self._numbers)
            if live.is_document:
                self._documents[live.tab] = self._documents.get(live.tab, 0) + 1
            live.document = self._documents.get(live.tab, 0)
            live.used = self.vault.in_request(request)
            live.carries = next((name for mark, name in self.marks.items() if mark in request.body), "")
            live.server_time = self.server_time()
            self._under_way.append(live)
            self._changed.notify_all()
            return live

    def server_time(self) -> float:
        """Return what the server's clock says now, in unix seconds."""
        return time.time() + self.server_offset

    def answered(self, live: Live, reply: Reply) -> None:
        """Write down what the server answered."""
        with self._changed:
            live.reply = reply
            live.answered = self._tape.now()
            live.issued = self.vault.in_reply(reply)
            self._changed.notify_all()

    def unanswered(self, live: Live, error: Exception) -> None:
        """Write down that the server did not answer, though nobody kept the request from it."""
        reason = distrust(error) or str(error) or type(error).__name__
        self.silences.append(redact(f"{live.request.method} {live.request.path}: {reason}"))

    def know_sign_in_by(self, password: str) -> None:
        """Take whatever carries this password for a sign-in."""
        self._passwords |= spellings(password)

    def spoil(self) -> None:
        """Have every access token that was seen so far reach the server as one that it does not know."""
        self._spoilt = self.vault.access_labels

    def outgoing(self, live: Live) -> Request:
        """Return a request as the server gets it; what renews or ends a session carries what it carries."""
        if live.used.access not in self._spoilt or live.role in {"refresh", "sign_in", "sign_out"}:
            return live.request
        sent = spoil(live.request, self.vault.raw(live.used.access))
        live.spoiled = sent != live.request
        return sent

    def close(self, live: Live) -> None:
        """Write down that an exchange is over."""
        with self._changed:
            self._under_way.remove(live)
            if not (live.is_asset and live.fate == "delivered"):
                self._tape.add(live.finished(self._tape.now()))
            self._changed.notify_all()

    def rule_on(self, live: Live, place: Place) -> Action:
        """Return what the first rule with an opinion says."""
        for rule in tuple(self.rules):
            action = rule.at_door(live) if place == "door" else rule.at_reply(live)
            if not isinstance(action, Pass):
                return action
        return Pass()

    def hold(self, live: Live, place: Place) -> None:
        """Write down where an exchange is held."""
        with self._changed:
            live.held_at = place
            self._changed.notify_all()

    def unhold(self, live: Live) -> None:
        """Write down that it is held no more."""
        with self._changed:
            live.held_at = None
            self._changed.notify_all()

    def held(self, place: Place) -> list[Live]:
        """Return what is held there, by arrival."""
        with self._changed:
            return [live for live in self._under_way if live.held_at == place]

    def under_way(self) -> list[Live]:
        """Return every exchange that is not over, by arrival."""
        with self._changed:
            return list(self._under_way)

    def mark(self, text: str, name: str) -> None:
        """Have every request that carries a text say so under a name; the latest mark is looked for first."""
        mark = text.encode()
        self.marks = {mark: name, **{other: known for other, known in self.marks.items() if other != mark}}

    def wait_for(self, condition: Callable[[], bool], patience: float) -> bool:
        """Wait until the condition holds; return False when `patience` seconds pass first."""
        with self._changed:
            return self._changed.wait_for(condition, patience)
