"""A small API that rotates refresh tokens, with the habits, good and bad, that a test gives it."""

from __future__ import annotations

import json
import ssl
import threading
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import jwt

from tests.serving import serving

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

PASSWORD = "correct-horse-battery"
_KEY = "k" * 32


@dataclass
class Habits:
    """`reuse`: what a used token does: `grant` (within `grace_s`), `refuse`, or end its `session`, or `all` of them.

    `api` serves whoever sends an access token after the word `scheme`. A sign-in takes `hashes_for_s` seconds.
    """

    reuse: str = "refuse"
    grace_s: float = 3600
    one_session: bool = False
    hides_successor: bool = False
    cookie: str = ""
    opaque: bool = False
    sign_in: str = "/api/token/"
    refresh: str = "/api/token/refresh/"
    sign_out: str = "/api/token/blacklist/"
    api: str = ""
    scheme: str = "Bearer"
    hashes_for_s: float = 0
    answers: dict[str, tuple[int, str, bytes]] = field(default_factory=dict)
    limit: int = 10_000


class RotatingServer(ThreadingHTTPServer):
    """Keeps sessions in memory: of each the newest token, and its successor's time by used token."""

    daemon_threads = True

    def __init__(self, habits: Habits) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.habits = habits
        self.asked: list[tuple[str, Any]] = []
        self.authorizations: list[tuple[str, str]] = []
        self.issued: list[str] = []
        self.accesses: list[str] = []
        self.issued_at: list[float] = []
        self.alive: set[int] = set()
        self._session_of: dict[str, int] = {}
        self._used: dict[str, tuple[str, float]] = {}
        self._lock = threading.Lock()

    @property
    def origin(self) -> str:
        """Return the server's URL, without a path."""
        scheme = "https" if isinstance(self.socket, ssl.SSLSocket) else "http"
        return f"{scheme}://localhost:{self.server_address[1]}"

    def begin(self) -> str:
        """Return the refresh token of a new session."""
        with self._lock:
            if self.habits.one_session:
                self.alive.clear()
            session = 1 + len(set(self._session_of.values()))
            self.alive.add(session)
            return self._issue(session)

    def renew(self, token: str) -> str:
        """Return what to answer a refresh token: its successor, or nothing for a refusal."""
        with self._lock:
            session = self._session_of.get(token)
            if session not in self.alive:
                return ""
            if token not in self._used:
                self._used[token] = (self._issue(session), time.monotonic())
                return self._used[token][0]
            successor, at = self._used[token]
            if self.habits.reuse == "grant" and time.monotonic() - at <= self.habits.grace_s:
                return successor
            if self.habits.reuse in {"session", "all"}:
                self.alive -= self.alive if self.habits.reuse == "all" else {session}
            return ""

    def end(self, token: str) -> None:
        """End a token's session."""
        self.alive.discard(self._session_of.get(token, 0))

    def _issue(self, session: int) -> str:
        number = len(self.issued)
        claims = {"token_type": "refresh", "exp": time.time() + 7 * 86400, "iat": time.time(), "jti": str(number)}
        token = f"opaque-refresh-{number:08}" if self.habits.opaque else jwt.encode(claims, _KEY, "HS256")
        self.issued.append(token)
        self.issued_at.append(time.monotonic())
        self._session_of[token] = session
        return token


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: RotatingServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
        self.server.asked.append((self.path, body))
        self.server.authorizations.append((self.path, self.headers.get("Authorization", "")))
        habits = self.server.habits
        if len(self.server.asked) > habits.limit:
            self._say(429, b'{"detail": "slow down"}', ("Retry-After", "7"))
        elif self.path in habits.answers:
            status, kind, content = habits.answers[self.path]
            self._say(status, content, ("Content-Type", kind))
        elif self.path == habits.sign_in:
            known = body.get("password") == PASSWORD
            time.sleep(self.server.habits.hashes_for_s if body else 0)
            self._grant(self.server.begin() if known else "", 401 if body else 400)
        elif self.path == habits.refresh:
            held = SimpleCookie(self.headers.get("Cookie", ""))
            token = held["jwt_refresh"].value if "jwt_refresh" in held else body.get("refresh", "")
            self._grant(self.server.renew(token), 401, bare=habits.hides_successor)
        elif self.path == habits.sign_out:
            self.server.end(body.get("refresh", ""))
            self._say(200 if body else 400, b"{}")
        elif habits.api == self.path:
            word, _, token = self.headers.get("Authorization", "").partition(" ")
            is_good = word == habits.scheme and token in self.server.accesses
            self._say(200 if is_good else 401, b"{}", ("WWW-Authenticate", f'{habits.scheme} realm="api"'))
        else:
            self._say(404, b'{"detail": "not found"}')

    do_GET = do_OPTIONS = do_POST  # noqa: N815 - the names that http.server looks for

    def _grant(self, refresh: str, otherwise: int, *, bare: bool = False) -> None:
        if not refresh:
            self._say(otherwise, b'{"code": "token_not_valid"}')
            return
        now = time.time()
        access = jwt.encode({"token_type": "access", "iat": now, "exp": now + 3600}, _KEY, "HS256")
        self.server.accesses.append(access)
        pair = {"access": access} if bare or self.server.habits.cookie else {"access": access, "refresh": refresh}
        cookie = self.server.habits.cookie
        headers = [("Set-Cookie", f"jwt_refresh={refresh}; {cookie}")] if cookie else []
        self._say(200, json.dumps(pair).encode(), *headers)

    def _say(self, status: int, content: bytes, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


def rotating_server(habits: Habits, tls: ssl.SSLContext | None = None) -> AbstractContextManager[RotatingServer]:
    """Serve in a thread until the block ends, over TLS if a context is given."""
    server = RotatingServer(habits)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    return serving(server)
