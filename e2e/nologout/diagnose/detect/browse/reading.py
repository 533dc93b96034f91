"""Exchanges as the rules want them: plain data with the texts of both bodies."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import parse_qsl

from nologout.diagnose.detect.rules.seen import Cookie, Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nologout.stage.network.live import Live
    from nologout.stage.network.messages import Reply, Request

_DEPTH = 3


def message_of(live: Live) -> Message:
    """Return an exchange as data."""
    request, reply = live.request, live.reply
    scheme, _, rest = request.header("authorization").partition(" ")
    return Message(
        method=request.method,
        url=request.target,
        status=reply.status if reply else None,
        kind=_kind(request, reply),
        bearer=rest if scheme.lower() != "basic" else "",
        cookies=request.cookies,
        sent=_sent(request),
        brought=dict(_texts(reply.json())) if reply else {},
        set=tuple(_set_by(reply)) if reply else (),
        has_password=live.role == "sign_in",
        spoiled=live.spoiled,
    )


def _kind(request: Request, reply: Reply | None) -> Literal["document", "data", "asset"]:
    """Return what a browser asked for; it says so itself wherever it trusts the way (TLS, or this machine)."""
    told = request.header("sec-fetch-dest")
    if told:
        return "document" if told in {"document", "iframe"} else "data" if told == "empty" else "asset"
    if request.method != "GET" or (reply is not None and "json" in reply.header("content-type")):
        return "data"
    return "document" if "text/html" in request.header("accept") else "asset"


def _sent(request: Request) -> dict[str, str]:
    if "form-urlencoded" in request.header("content-type"):
        return dict(parse_qsl(request.body.decode("latin-1")))
    return dict(_texts(request.json()))


def _texts(found: Any, name: str = "", depth: int = _DEPTH) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any JSON
    if isinstance(found, str) and found and name:
        yield name, found
    if isinstance(found, dict) and depth:
        for key, value in found.items():
            yield from _texts(value, f"{name}.{key}".removeprefix("."), depth - 1)


def _set_by(reply: Reply) -> Iterator[Cookie]:
    for name, value in reply.headers:
        if name != "set-cookie":
            continue
        try:
            jar = SimpleCookie(value)
        except CookieError:
            continue
        for each in jar.values():
            age = each["max-age"]
            lives = float(age) if age.isdecimal() else None
            yield Cookie(each.key, each.value, bool(each["httponly"]), lives, each["path"] or "/")
