"""A server of a few lines, which remembers what it was asked."""

import json
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from tests.serving import serving


class Asked(NamedTuple):
    """One request as it reached the server; names of headers are lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class TinyServer(ThreadingHTTPServer):
    """Answers every request with what `replies` has for its path (status, headers, body), else 200 and `{}`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[Asked] = []
        self.replies: dict[str, tuple[int, dict[str, str], bytes]] = {}

    @property
    def origin(self) -> str:
        """Return the server's URL, without a path."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def will_issue(self, path: str, **tokens: str) -> None:
        """Have a path answered with tokens as JSON."""
        self.replies[path] = (200, {"Content-Type": "application/json"}, json.dumps(tokens).encode())


class _Handler(BaseHTTPRequestHandler):
    server: TinyServer

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append(Asked(self.command, self.path, headers, body))
        status, given, content = self.server.replies.get(self.path.partition("?")[0], (200, {}, b"{}"))
        self.send_response(status)
        for name, value in given.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_POST = do_HEAD = do_GET  # noqa: N815 - the names that http.server looks for

    def log_message(self, *_: object) -> None:
        pass


def tiny_server() -> AbstractContextManager[TinyServer]:
    """Serve in a thread until the block ends."""
    return serving(TinyServer())
