"""Sample apps on another name than this machine's, behind TLS by a private authority, with the cookies that need it."""

from __future__ import annotations

import ssl
from contextlib import contextmanager
from typing import TYPE_CHECKING

from nologout.targets.samples import notes_server
from nologout.targets.samples.notes_server import App
from tests.names import NAME
from tests.serving import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import trustme

    from nologout.targets.samples.notes_server import Options


class _Handler(notes_server._Handler):
    def send_header(self, keyword: str, value: str) -> None:
        super().send_header(keyword, f"__Host-{value}; Secure" if keyword == "Set-Cookie" else value)

    def end_headers(self) -> None:
        super().send_header("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        super().end_headers()

    def cookie(self, name: str) -> str:
        """Return a cookie of the request."""
        return super().cookie(f"__Host-{name}")


class SecureApp(App):
    """A sample app that is asked for under a name; browsers are told to come to it by TLS alone."""

    def __init__(self, name: str, context: ssl.SSLContext, client: Path | None, options: Options) -> None:
        super().__init__(0, client, options)
        self.RequestHandlerClass = _Handler
        # The handshake is each connection's own affair: one that fails or takes long keeps nobody else waiting.
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.origin = f"https://{name}:{self.server_address[1]}"


def certified(authority: trustme.CA, name: str, **more: object) -> ssl.SSLContext:
    """Return what a server needs to speak TLS under a name."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name, **more).configure_cert(context)  # type: ignore[arg-type] # as trustme takes it
    return context


@contextmanager
def secure_app(context: ssl.SSLContext, client: Path | None, options: Options, name: str = NAME) -> Iterator[SecureApp]:
    """Run an app until the block ends."""
    with serving(SecureApp(name, context, client, options)) as app:
        yield app
