"""What requests are for: which one refreshes, and what the paths have in common that need a sign-in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nologout.diagnose.detect.rules.finding import Finding, not_found
from nologout.diagnose.detect.rules.tokens import bearers_of, fresh_access, in_reply, in_request, values

if TYPE_CHECKING:
    from nologout.diagnose.detect.rules.seen import Message, Seen
    from nologout.diagnose.detect.rules.tokens import Kind, Token

_AN_API = re.compile(r"^(api|rest|graphql|v\d+)$", re.IGNORECASE)


def refresh_of(seen: Seen, tokens: dict[Kind, Token]) -> tuple[Message | None, Finding]:
    """Return the request that brings a new access token, and what it says of `refresh_url`."""
    access, refresh = tokens.get("access"), tokens.get("refresh")
    known = values(seen.messages, refresh or access)
    bearers = bearers_of(seen.messages)
    answers = [m for m in (*seen.expired, *seen.reloaded) if m.kind == "data" and m.served]
    bringing = [m for m in answers if fresh_access(m, access, bearers)]
    carrying = [m for m in bringing if (in_request(m, refresh, known) if refresh else known & {*m.sent.values()})]
    if carrying:
        found = carrying[0]
        which = "a refresh token" if refresh else "the token itself"
        told = f"{found.method} {found.path} carried {which} and brought an access token"
        return found, Finding("refresh_url", address(seen, found), "sure", told)
    if bringing:
        found = bringing[0]
        told = f"{found.method} {found.path} brought an access token"
        return found, Finding("refresh_url", address(seen, found), "likely", told)
    refused = [m for m in seen.expired if m.spoiled and m.refused]
    after = f" after {refused[0].path} was refused ({refused[0].status})" if refused else ""
    return None, not_found("refresh_url", f"no request brought a new access token{after}", needed=True)


def guarded(seen: Seen, tokens: dict[Kind, Token], messages: tuple[Message, ...]) -> list[Message]:
    """Return the requests of scripts that carried the access token and were served, and not to anybody."""
    access = tokens.get("access")
    known = values(seen.messages, access)
    return [
        m
        for m in messages
        if m.kind == "data"
        and m.served
        and not m.has_password
        and not in_reply(m, access)
        and in_request(m, access, known)
        and m.url not in seen.free
    ]


def api_of(seen: Seen, tokens: dict[Kind, Token]) -> Finding:
    """Return the beginning that the addresses of guarded requests have in common."""
    all_guarded = guarded(seen, tokens, seen.messages)
    if not all_guarded:
        return not_found("api", "no request of the page carried the access token and was served", needed=True)
    origin = all_guarded[-1].origin
    paths = sorted({m.path for m in all_guarded if m.origin == origin})
    prefix = _common(paths)
    asked = [m for m in all_guarded if m.url in seen.refused]
    told = f"served with the access token: {_few(paths)}"
    told += "; refused without" if asked else ""
    value = prefix if origin == seen.base_url else f"{origin}{prefix}"
    return Finding("api", value, "sure" if asked and prefix != "/" else "likely", told)


def ends_session(message: Message) -> bool:
    """Tell whether a request that followed a sign-out may be the sign-out itself."""
    return message.kind != "asset" and message.method not in {"GET", "HEAD", "OPTIONS"}


def address(seen: Seen, message: Message) -> str:
    """Return how a file names an address: by its path, or by its URL where it is of another origin."""
    return message.path if message.origin == seen.base_url else f"{message.origin}{message.path}"


def _common(paths: list[str]) -> str:
    """Return the folder that all paths are in, up to what is called an API; a path itself where that is the root."""
    folders = [path.rstrip("/").split("/")[1:-1] for path in paths]
    shared = []
    for parts in zip(*folders, strict=False):
        if len(set(parts)) > 1:
            break
        shared.append(parts[0])
        if _AN_API.match(parts[0]):
            break
    if shared:
        return f"/{'/'.join(shared)}/"
    return paths[0] if len(paths) == 1 else "/"


def _few(paths: list[str]) -> str:
    return ", ".join(paths[:3]) + (f" and {len(paths) - 3} more" if len(paths) > 3 else "")
