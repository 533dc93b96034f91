"""Keeps the harness's own header out of CORS: the app must see and answer what it would without the harness.

The header that names the tab makes browsers ask leave for requests that need none, and name it among the headers
of others. The proxy answers the first kind itself, and takes the header out of the second, and puts it into the reply.
"""

from __future__ import annotations

import msgspec

from nologout.stage.network.messages import TAB_HEADER, Headers, Reply, Request

_SIMPLE = frozenset({"GET", "HEAD", "POST"})
_ASKED, _ALLOWED = "access-control-request-headers", "access-control-allow-headers"


def names_tab(request: Request) -> bool:
    """Tell whether a request is a preflight that asks leave for the tab's header."""
    return request.method == "OPTIONS" and TAB_HEADER in _names(request.header(_ASKED))


def is_needless(request: Request) -> bool:
    """Tell whether a preflight that names the tab's header is there for that header's sake alone."""
    return request.header("access-control-request-method") in _SIMPLE and _names(request.header(_ASKED)) == [TAB_HEADER]


def leave(request: Request) -> Reply:
    """Return the leave that the browser asks for."""
    headers: Headers = (
        ("access-control-allow-origin", request.header("origin")),
        ("access-control-allow-credentials", "true"),
        (_ALLOWED, TAB_HEADER),
        ("vary", "Origin"),
    )
    return Reply(headers=headers, body=b"", status=204)


def without_tab(request: Request) -> Request:
    """Return the preflight as the browser would send it without the harness."""
    rest = ", ".join(name for name in _names(request.header(_ASKED)) if name != TAB_HEADER)
    kept = tuple((key, value) for key, value in request.headers if key != _ASKED)
    return msgspec.structs.replace(request, headers=(*kept, (_ASKED, rest)) if rest else kept)


def with_tab(reply: Reply) -> Reply:
    """Return the app's answer, with leave for the tab's header where it gives leave at all."""
    if not reply.header("access-control-allow-origin"):
        return reply
    allowed = ", ".join(filter(None, (reply.header(_ALLOWED), TAB_HEADER)))
    kept = tuple((key, value) for key, value in reply.headers if key != _ALLOWED)
    return msgspec.structs.replace(reply, headers=(*kept, (_ALLOWED, allowed)))


def _names(listed: str) -> list[str]:
    return [name.strip().lower() for name in listed.split(",") if name.strip()]
