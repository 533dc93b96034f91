"""The server of the sample apps: a page, an account, tokens of two kinds, and notes that need a sign-in.

Tokens are JWTs under a fixed key. Which refresh tokens have been used is kept in memory, and forgotten at a restart.
"""

from __future__ import annotations

import json
import secrets
import sys
import threading
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import jwt

from nologout.targets.samples.page import page_with

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

USER, PASSWORD = "ada", "lovelace"
KEY = "the key of the sample apps, which guard nothing"


@dataclass(frozen=True)
class Options:
    """What is special about a server; times in seconds.

    `grace_s`: how long a used refresh token is answered with the successor that it was answered with before.
    `cookies`: which tokens travel in HttpOnly cookies, `access`, `refresh` or both, instead of in JSON.
    `pages_at`: the origin of the page, where it is another server's.
    """

    access_s: int = 300
    refresh_s: int = 7 * 24 * 3600
    rotates: bool = True
    grace_s: float = 0
    cookies: frozenset[str] = frozenset()
    pages_at: str = ""


@dataclass
class Tokens:
    """Makes tokens and knows which are good."""

    options: Options
    _successors: dict[str, tuple[float, dict[str, str]]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def pair(self) -> dict[str, str]:
        """Return a new access token and a new refresh token."""
        return {"access": self._made("access"), "refresh": self._made("refresh")}

    def renewed(self, refresh: str) -> dict[str, str] | None:
        """Return what a refresh token is good for, or None."""
        told = self.read(refresh, "refresh")
        if told is None:
            return None
        if not self.options.rotates:
            return None if told["jti"] in self._successors else {"access": self._made("access")}
        with self._lock:
            if told["jti"] not in self._successors:
                self._successors[told["jti"]] = (time.time() + self.options.grace_s, self.pair())
            elif time.time() >= self._successors[told["jti"]][0]:
                return None
            return self._successors[told["jti"]][1]

    def end(self, refresh: str) -> None:
        """Take no refresh with this token any more."""
        told = self.read(refresh, "refresh")
        if told is not None:
            with self._lock:
                self._successors[told["jti"]] = (0, {})

    def read(self, token: str, kind: str) -> dict[str, Any] | None:
        """Return what a token says, or None where it is not good for this."""
        try:
            told: dict[str, Any] = jwt.decode(token, KEY, algorithms=["HS256"])
        except jwt.InvalidTokenError:
            return None
        return told if told.get("kind") == kind else None

    def _made(self, kind: str) -> str:
        lives = self.options.access_s if kind == "access" else self.options.refresh_s
        now = int(time.time())
        claims = {"kind": kind, "sub": USER, "jti": secrets.token_hex(8), "iat": now, "exp": now + lives}
        return jwt.encode(claims, KEY, algorithm="HS256")


class App(ThreadingHTTPServer):
    """Serves one page and its API, or one of the two."""

    daemon_threads = True

    def __init__(self, port: int, client: Path | None, options: Options) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.page = page_with(client) if client else b""
        self.options = options
        self.tokens = Tokens(options)

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay silent when a browser breaks off."""


class _Handler(BaseHTTPRequestHandler):
    server: App
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if not self.path.startswith("/api/"):
            self.answer(200 if self.server.page else 404, self.server.page, kind="text/html; charset=utf-8")
        elif self.server.tokens.read(self.access(), "access") is None:
            self.say(401, {"detail": "The access token is missing, wrong or too old."})
        else:
            self.say(200, {"owner": USER, "notes": ["buy punch cards"]})

    def do_OPTIONS(self) -> None:
        self.answer(204, b"")

    def do_POST(self) -> None:
        given = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
        if self.path == "/auth/login":
            right = (given.get("username"), given.get("password")) == (USER, PASSWORD)
            self.hand_out(self.server.tokens.pair() if right else None)
        elif self.path == "/auth/refresh":
            self.hand_out(self.server.tokens.renewed(self.refresh(given)))
        elif self.path == "/auth/logout":
            self.server.tokens.end(self.refresh(given))
            gone = [f"{kind}=; Max-Age=0; Path=/" for kind in sorted(self.server.options.cookies)]
            self.say(200, {}, gone)
        else:
            self.say(404, {})

    def access(self) -> str:
        """Return the access token of a request: in its cookie, or as a Bearer, and nothing else."""
        if "access" in self.server.options.cookies:
            return self.cookie("access")
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        return token if scheme == "Bearer" else ""

    def refresh(self, given: dict[str, str]) -> str:
        """Return the refresh token of a request."""
        return self.cookie("refresh") if "refresh" in self.server.options.cookies else given.get("refresh", "")

    def cookie(self, name: str) -> str:
        """Return a cookie of the request."""
        jar = SimpleCookie(self.headers.get("Cookie", ""))
        return jar[name].value if name in jar else ""

    def hand_out(self, pair: dict[str, str] | None) -> None:
        """Send tokens, each where it belongs; or say that there are none."""
        if pair is None:
            self.say(401, {"detail": "These credentials are not good."})
            return
        options = self.server.options
        lives = {"access": options.access_s, "refresh": options.refresh_s}
        baked = [
            f"{kind}={token}; Max-Age={lives[kind]}; HttpOnly; SameSite=Strict; Path=/"
            for kind, token in pair.items()
            if kind in options.cookies
        ]
        self.say(200, {kind: token for kind, token in pair.items() if kind not in options.cookies}, baked)

    def say(self, status: int, body: dict[str, Any], cookies: list[str] | None = None) -> None:
        """Send JSON."""
        self.answer(status, json.dumps(body).encode(), cookies=cookies or [])

    def answer(
        self, status: int, body: bytes, *, kind: str = "application/json", cookies: list[str] | None = None
    ) -> None:
        """Send a reply."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if self.server.options.pages_at:
            self.send_header("Access-Control-Allow-Origin", self.server.options.pages_at)
            self.send_header("Access-Control-Allow-Headers", "Authorization, Content-Type")
            self.send_header("Vary", "Origin")
        for cookie in cookies or []:
            self.send_header("Set-Cookie", cookie)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


def serve(client: Path, options: Options) -> None:
    """Serve the page with this client, and its API, at the port that the command names, until the process is ended."""
    App(int(sys.argv[1]), client, options).serve_forever()
