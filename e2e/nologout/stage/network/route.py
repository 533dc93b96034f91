"""The ways from the proxy to the app: which origins are the target's, which hosts are let through, and how."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from nologout.targets.trust import trusting

if TYPE_CHECKING:
    import ssl
    from asyncio import StreamReader, StreamWriter

    from nologout.stage.network.messages import Headers, Request
    from nologout.targets.target import Reach

PORTS = {"http": 80, "https": 443}
_TUNNEL = "CONNECT {0} HTTP/1.1\r\nHost: {0}\r\n\r\n"


def origin_of(url: str) -> str:
    """Return scheme, host and port of a URL; a scheme's own port is left out, as browsers do."""
    split = urlsplit(url)
    host = f"[{split.hostname}]" if ":" in (split.hostname or "") else split.hostname or ""
    port = "" if split.port in {None, PORTS.get(split.scheme)} else f":{split.port}"
    return f"{split.scheme}://{host}{port}"


@dataclass(frozen=True)
class Route:
    """Where the proxy may go, and by which way.

    `origins` are the target's own: faults act on them alone. `hosts` (`host` or `host:port`) are let through untouched.
    `ca_file` holds certificates to trust beside the system's; `upstream_proxy` is an HTTP proxy that leads on.
    `headers`, and `basic` (HTTP Basic), are added to the target's requests that do not have them.
    """

    origins: frozenset[str]
    hosts: frozenset[str] = frozenset()
    ca_file: str = ""
    upstream_proxy: str = ""
    headers: Headers = ()
    basic: str = ""

    def is_target(self, url: str) -> bool:
        """Tell whether a URL is the target's."""
        return origin_of(url) in self.origins

    def is_let_through(self, url: str) -> bool:
        """Tell whether a URL is of a host that pages may reach beside the target."""
        split = urlsplit(url)
        port = split.port or PORTS.get(split.scheme, 0)
        return bool({split.hostname, f"{split.hostname}:{port}"} & self.hosts)

    @property
    def is_secure(self) -> bool:
        """Tell whether browsers come to it by TLS."""
        return bool(self.hosts) or any(origin.startswith("https:") for origin in self.origins)

    def scheme_at(self, authority: str) -> str:
        """Return what a browser speaks in a tunnel to `host:port`: plain HTTP for a target's WebSocket, else TLS."""
        return "http" if origin_of(f"http://{authority}") in self.origins else "https"

    async def connect(self, url: str) -> tuple[StreamReader, StreamWriter]:
        """Return a fresh connection to where a URL leads; certificates are verified.

        Raises:
            OSError: Nothing answers there, or it cannot be trusted.
        """
        split = urlsplit(url)
        host, port = split.hostname or "", split.port or PORTS[split.scheme]
        secure = self._trust if split.scheme == "https" else None
        if not self.upstream_proxy:
            return await asyncio.open_connection(host, port, ssl=secure)
        through = urlsplit(self.upstream_proxy)
        reader, writer = await asyncio.open_connection(through.hostname, through.port or PORTS["http"])
        if secure is not None:
            await _dig(reader, writer, f"{host}:{port}")
            await writer.start_tls(secure, server_hostname=host)
        return reader, writer

    def address(self, url: str) -> str:
        """Return what a request line names: the path, or the whole URL where another proxy reads it."""
        split = urlsplit(url)
        if self.upstream_proxy and split.scheme == "http":
            return url
        return (split.path or "/") + (f"?{split.query}" if split.query else "")

    def dressed(self, request: Request) -> Request:
        """Return a request to the target with what the target's file adds to each."""
        basic = (("authorization", f"Basic {self.basic}"),) if self.basic else ()
        added = [(k.lower(), v) for k, v in (*self.headers, *basic) if not request.header(k.lower())]
        return msgspec.structs.replace(request, headers=(*request.headers, *added))

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        return trusting(self.ca_file)


def route_to(base_url: str, reach: Reach) -> Route:
    """Return the way to a target."""
    return Route(
        origins=frozenset(origin_of(url) for url in (base_url, *reach.origins)),
        hosts=frozenset(reach.hosts),
        ca_file=reach.ca_file,
        upstream_proxy=reach.upstream_proxy,
        headers=reach.headers,
        basic=reach.basic,
    )


async def _dig(reader: StreamReader, writer: StreamWriter, authority: str) -> None:
    writer.write(_TUNNEL.format(authority).encode())
    await writer.drain()
    head = await reader.readuntil(b"\r\n\r\n")
    if head.split(b" ", 2)[1:2] != [b"200"]:
        raise ConnectionError(f"the upstream proxy opens no way to {authority}")
