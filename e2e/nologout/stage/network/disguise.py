"""Stands in for a TLS server before the browser: a certificate authority made for the run, and thrown away with it."""

from __future__ import annotations

import ssl
from functools import cache

import trustme


@cache
def _authority() -> trustme.CA:
    return trustme.CA(organization_name="nologout, for one run")


@cache
def context_for(host: str) -> ssl.SSLContext:
    """Return what the proxy needs to answer a TLS handshake in a host's name; HTTP/1.1 is all it speaks."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    _authority().issue_cert(host).configure_cert(context)
    context.set_alpn_protocols(["http/1.1"])
    return context
