"""Signs in, refreshes and signs out as a client of the API would, within a budget of sign-ins."""

from __future__ import annotations

import contextlib
import threading
import time
from typing import TYPE_CHECKING

import msgspec

from nologout.diagnose.endpoints import BEARER
from nologout.diagnose.tokens import Tokens, forged, tokens_in
from nologout.errors import Unwelcome

if TYPE_CHECKING:
    from nologout.diagnose.observed import Paths
    from nologout.diagnose.wire import Answer, Wire
    from nologout.targets.target import Credentials

SIGN_INS = 3
# dj-rest-auth leaves the field empty in favour of a cookie, which it sets only where the settings name it.
_NO_REFRESH_COOKIE = (
    "the body's `refresh` is empty, and no cookie has it: dj-rest-auth sends it in a cookie if JWT_AUTH_REFRESH_COOKIE "
    "names one, in the body if JWT_AUTH_HTTPONLY is False"
)
_SIGNED_OUT = frozenset({200, 202, 204, 205})


class Api:
    """The endpoints of an API, for one account; it remembers which of its tokens are still good."""

    def __init__(self, wire: Wire, paths: Paths, user: Credentials, username_field: str = "username") -> None:
        self.wire = wire
        self.paths = paths
        self.sign_ins = 0
        self.refused_at: list[str] = []
        self.scheme = BEARER
        self._user = user
        self._username_field = username_field
        self._unspent: dict[str, Tokens] = {}
        self._spent: set[str] = set()

    def sign_in(self) -> tuple[Tokens, Answer]:
        """Return the tokens of a fresh session.

        Raises:
            Unwelcome: The account was refused, or nothing that can be refreshed came; or the budget is spent.
        """
        if self.sign_ins >= SIGN_INS:
            raise Unwelcome(f"the budget of {SIGN_INS} sign-ins is spent")
        self.sign_ins += 1
        body = {self._username_field: self._user.username, "password": self._user.password}
        answer = self.wire.ask("POST", self.paths.sign_in, body)
        tokens = tokens_in(answer)
        if tokens is None or not tokens.refresh:
            raise _no_tokens(self.paths.sign_in, answer, tokens)
        self._unspent[tokens.refresh] = tokens
        return tokens, answer

    def refresh(self, tokens: Tokens, *, now: bool = False, origin: str = "") -> tuple[Tokens | None, Answer]:
        """Return the tokens that a refresh brings (None: it was refused, or failed), and the answer."""
        headers = _headers(tokens) | ({"Origin": origin} if origin else {})
        answer = self.wire.ask("POST", self.paths.refresh, _body(tokens), headers, now=now)
        after = tokens_in(answer, tokens) if answer.status < 300 else None
        if after is None:
            self.refused_at.append(time.strftime("%H:%M:%S", time.gmtime(answer.at)))
            return None, answer
        if after.refresh != tokens.refresh:
            self._spent.add(tokens.refresh)
            self._unspent[after.refresh] = after
        return after, answer

    def race(self, tokens: Tokens) -> list[tuple[Tokens | None, Answer]]:
        """Return what two refreshes with the same token bring that are sent at once."""
        together = threading.Barrier(2, timeout=5)
        done: list[tuple[Tokens | None, Answer]] = []
        wrong: list[Unwelcome] = []

        def run() -> None:
            with contextlib.suppress(threading.BrokenBarrierError):
                together.wait()
            try:
                done.append(self.refresh(tokens, now=True))
            except Unwelcome as error:
                wrong.append(error)

        racers = [threading.Thread(target=run) for _ in range(2)]
        for racer in racers:
            racer.start()
        for racer in racers:
            racer.join()
        if wrong:
            raise wrong[0]
        return done

    def refuse(self, tokens: Tokens, origin: str = "") -> Answer:
        """Return what a refresh token is answered whose signature is wrong."""
        bad = forged(tokens.refresh)
        cookies = {**tokens.cookies, tokens.cookie: bad} if tokens.cookie else tokens.cookies
        return self.refresh(msgspec.structs.replace(tokens, refresh=bad, cookies=cookies), origin=origin)[1]

    def sign_out_all(self) -> int:
        """Sign out of every session begun here; return how many of them are left signed in."""
        held = [tokens for tokens in self._unspent.values() if tokens.refresh not in self._spent]
        self._unspent.clear()
        # A refusal says that the session is over already.
        return sum(sign_out(self.wire, self.paths, tokens, self.scheme) not in {*_SIGNED_OUT, 401} for tokens in held)


def sign_out(wire: Wire, paths: Paths, tokens: Tokens, scheme: str = BEARER) -> int | None:
    """Return what a sign-out of a session is answered (a status), or None where nobody answers."""
    if not paths.sign_out:
        return None
    headers = {**_headers(tokens), "Authorization": f"{scheme} {tokens.access}"}
    try:
        return wire.ask("POST", paths.sign_out, _body(tokens), headers).status
    except Unwelcome:
        return None


def is_signed_out(status: int | None) -> bool:
    """Tell whether an answer says that the session has ended now."""
    return status in _SIGNED_OUT


def _body(tokens: Tokens) -> dict[str, str]:
    return {tokens.field: tokens.refresh} if tokens.field else {}


def _headers(tokens: Tokens) -> dict[str, str]:
    if not tokens.cookie:
        return {}
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in tokens.cookies.items())}
    csrf = tokens.cookies.get("csrftoken")
    return headers | ({"X-CSRFToken": csrf} if csrf else {})


def _no_tokens(path: str, answer: Answer, tokens: Tokens | None) -> Unwelcome:
    reply = answer.reply
    if reply.location:
        return Unwelcome(
            f"the sign-in at {path} is redirected to {reply.location}", hint="name it: --sign-in-path PATH"
        )
    if reply.kind == "html":
        return Unwelcome(f"the sign-in at {path} answered {reply}, no API", hint="name it: --sign-in-path PATH")
    if reply.refuses:
        hint = "are the environment's name and password right? Does it want --username-field email?"
        return Unwelcome(f"the sign-in at {path} refused the account: {reply}", hint=hint)
    if answer.status >= 300:
        return Unwelcome(f"the sign-in at {path} failed: {reply}", hint="look at the server's log")
    names = ", ".join(answer.data) if isinstance(answer.data, dict) else "nothing"
    if tokens is None:
        hint = "an app of Django sessions has no tokens to diagnose"
        return Unwelcome(f"the sign-in at {path} brought no token (it has: {names})", hint=hint)
    told = f"the sign-in at {path} brought an access token alone: nothing can be refreshed"
    is_empty = isinstance(answer.data, dict) and answer.data.get("refresh") == ""
    return Unwelcome(told, hint=_NO_REFRESH_COOKIE if is_empty else "")
