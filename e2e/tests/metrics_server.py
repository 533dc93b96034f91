"""Serves what an API's monitoring would say of its refreshes, in Prometheus's text format."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from tests.serving import serving

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager


class MetricsServer(ThreadingHTTPServer):
    """Answers GET /metrics with what `text` returns then."""

    daemon_threads = True

    def __init__(self, text: Callable[[], str]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.text = text

    @property
    def url(self) -> str:
        """Return where the metrics are."""
        return f"http://127.0.0.1:{self.server_address[1]}/metrics"


class _Handler(BaseHTTPRequestHandler):
    server: MetricsServer

    def do_GET(self) -> None:
        found = self.path == "/metrics"
        body = self.server.text().encode() if found else b""
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/plain; version=0.0.4")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


def metrics_server(text: Callable[[], str]) -> AbstractContextManager[MetricsServer]:
    """Run it until the block ends."""
    return serving(MetricsServer(text))
