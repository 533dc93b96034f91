"""A notes app in the standard library alone: session cookies that rotate, and no grace for a used one."""

from __future__ import annotations

import json
import secrets
import socket
import sys
import threading
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NoReturn

USER, PASSWORD = "ada", "lovelace"
ENTRY_S, RENEWAL_S = 600, 7 * 24 * 3600
PAGE = (Path(__file__).parent / "page.html").read_bytes()
LOCK = threading.Lock()
ENTRIES: set[str] = set()
RENEWALS: set[str] = set()


class Handler(BaseHTTPRequestHandler):
    """Opens, renews and closes sessions, and serves the page and the notes."""

    def do_GET(self) -> None:
        """Serve the page to anybody, and the notes to whoever holds an entry."""
        if self.path == "/":
            self.answer(200, PAGE, kind="text/html; charset=utf-8")
        elif self.path == "/v1/notes" and self.cookie("entry") in ENTRIES:
            self.answer(200, json.dumps({"owner": USER, "notes": ["buy punch cards"]}).encode())
        else:
            self.answer(401 if self.path == "/v1/notes" else 404, b"{}")

    def do_POST(self) -> None:
        """Act on a session."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        actions = {"/session/open": self.open, "/session/renew": self.renew, "/session/close": self.close}
        action = actions.get(self.path)
        if action is None:
            self.answer(404, b"{}")
        else:
            action(body)

    def open(self, body: bytes) -> None:
        """Let the user in."""
        given = json.loads(body or b"{}")
        if (given.get("user"), given.get("pass")) == (USER, PASSWORD):
            self.hand_out()
        else:
            self.answer(403, b"{}")

    def renew(self, body: bytes) -> None:
        """Take the renewal cookie for a new pair; a used one is worth nothing."""
        del body
        with LOCK:
            known = self.cookie("renewal") in RENEWALS
            RENEWALS.discard(self.cookie("renewal"))
        if known:
            self.hand_out()
        else:
            self.answer(401, b"{}")

    def close(self, body: bytes) -> None:
        """Forget the session, and have the browser forget it."""
        del body
        RENEWALS.discard(self.cookie("renewal"))
        ENTRIES.discard(self.cookie("entry"))
        self.answer(200, b"{}", cookies=("entry=; Max-Age=0; Path=/", "renewal=; Max-Age=0; Path=/"))

    def hand_out(self) -> None:
        """Send a new pair of cookies."""
        entry, renewal = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        ENTRIES.add(entry)
        RENEWALS.add(renewal)
        flags = "HttpOnly; SameSite=Strict; Path=/"
        pair = (
            f"entry={entry}; Max-Age={ENTRY_S}; {flags}",
            f"renewal={renewal}; Max-Age={RENEWAL_S}; {flags}",
        )
        self.answer(200, b"{}", cookies=pair)

    def cookie(self, name: str) -> str:
        """Return a cookie of the request."""
        jar = SimpleCookie(self.headers.get("Cookie", ""))
        return jar[name].value if name in jar else ""

    def answer(self, code: int, body: bytes, kind: str = "application/json", cookies: tuple[str, ...] = ()) -> None:
        """Send a reply."""
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for cookie in cookies:
            self.send_header("Set-Cookie", cookie)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


def main(fd: int) -> NoReturn:
    """Serve on an inherited listening socket until the process is ended."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler, bind_and_activate=False)
    server.socket.close()
    server.socket = socket.socket(fileno=fd)
    while True:
        server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]))
