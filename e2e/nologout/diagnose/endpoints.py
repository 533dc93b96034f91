"""Finds the token endpoints: where SimpleJWT, djoser and dj-rest-auth put them, or where one is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from nologout.diagnose.observed import Paths
from nologout.errors import Unwelcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nologout.diagnose.wire import Answer, Wire

# What each package calls them below the prefix that a project gives it; `api` serves the user's own account.
_DJOSER = Paths("jwt/create/", "jwt/refresh/", "jwt/verify/", api="users/me/")
_DJ_REST_AUTH = Paths("login/", "token/refresh/", "token/verify/", "logout/", "user/")
_SIMPLEJWT = Paths("token/", "token/refresh/", "token/verify/", "token/blacklist/", "me/")
_PREFIXES = (
    ("/api/", _SIMPLEJWT),
    ("/auth/", _DJOSER),
    ("/api/auth/", _DJOSER),
    ("/dj-rest-auth/", _DJ_REST_AUTH),
    ("/api/auth/", _DJ_REST_AUTH),
    ("/auth/", _DJ_REST_AUTH),
    ("/", _SIMPLEJWT),
)
APIS = ("/api/me/", "/dj-rest-auth/user/", "/auth/users/me/", "/api/auth/user/", "/auth/user/", "/api/users/me/")
BEARER = "Bearer"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
# An empty body is asked with, so nobody's password is tried: an endpoint names what is missing.
_THERE = frozenset({400, 401, 403, 409, 415, 422})


def _below(prefix: str, names: Paths) -> Paths:
    return Paths(*(prefix + name if name else "" for name in msgspec.structs.astuple(names)))


KNOWN = tuple(_below(prefix, names) for prefix, names in _PREFIXES)


def find_paths(wire: Wire, given: Paths) -> Paths:
    """Return where the endpoints are; what is `given` is taken as it is.

    Raises:
        Unwelcome: There is none, or something else than an API answers.
    """
    asked: dict[str, Answer] = {}
    sign_in = given.sign_in or _first(wire, (each.sign_in for each in KNOWN), asked)
    if not sign_in:
        raise _none_found(asked)
    beside = _beside(sign_in)
    below = Paths(sign_in, f"{sign_in}refresh/", f"{sign_in}verify/", f"{sign_in}blacklist/")
    near = [*beside, below, *KNOWN]
    refresh = given.refresh or _first(wire, (each.refresh for each in near), asked)
    if not refresh:
        raise Unwelcome(f"{sign_in} is there, but no refresh was found", hint="name it: --refresh-path PATH")
    of_refresh = [each for each in near if each.refresh == refresh] or beside
    return Paths(
        sign_in,
        refresh,
        _first(wire, (each.verify for each in of_refresh), asked),
        given.sign_out or _first(wire, (each.sign_out for each in of_refresh), asked),
        given.api,
    )


def find_api(wire: Wire, paths: Paths, access: str) -> tuple[Paths, str]:
    """Return the paths with one that serves whoever holds this access token, or without one; and the word before it.

    The word is `Bearer`, or the one that a refusal asks for (`JWT`, in djoser's own documentation).
    """
    for path in [paths.api] if paths.api else dict.fromkeys([*(each.api for each in _beside(paths.sign_in)), *APIS]):
        scheme = BEARER
        answer = wire.ask("GET", path, headers={"Authorization": f"{scheme} {access}"})
        if _asks_for(answer) != scheme:
            scheme = _asks_for(answer)
            answer = wire.ask("GET", path, headers={"Authorization": f"{scheme} {access}"})
        if answer.status == 200 and answer.reply.kind == "json":
            return msgspec.structs.replace(paths, api=path), scheme
    return paths, BEARER


def _asks_for(answer: Answer) -> str:
    """Return the scheme that a refusal names; Basic is a door before the app, and no word of the app's."""
    named = _SCHEME.match(answer.headers.get("WWW-Authenticate", "")) if answer.status == 401 else None
    return named[0] if named and named[0].lower() not in {"basic", "bearer"} else BEARER


def _beside(sign_in: str) -> list[Paths]:
    """Return the endpoints that are found where a sign-in is called so, below the same prefix."""
    names = (each for each in (_DJOSER, _DJ_REST_AUTH, _SIMPLEJWT) if sign_in.endswith(f"/{each.sign_in}"))
    return [_below(sign_in.removesuffix(each.sign_in), each) for each in names]


def _first(wire: Wire, paths: Iterable[str], asked: dict[str, Answer]) -> str:
    return next((path for path in dict.fromkeys(paths) if path and _there(wire, path, asked)), "")


def _there(wire: Wire, path: str, asked: dict[str, Answer]) -> bool:
    answer = asked.get(path) or wire.ask("POST", path, {})
    asked[path] = answer
    # Sign-outs take an empty body, and say 200.
    fine = answer.status in _THERE or (answer.status in {200, 204} and path.endswith("/logout/"))
    return fine and answer.reply.kind != "html"


def _none_found(asked: dict[str, Answer]) -> Unwelcome:
    hint = "name it: --sign-in-path PATH (and --refresh-path PATH)"
    path, first = next((path, answer.reply) for path, answer in asked.items())
    if first.location:
        return Unwelcome(f"POST {path} is redirected {first}", hint="give the address where the API is")
    pages = [path for path, answer in asked.items() if answer.reply.kind == "html" and answer.status != 404]
    if pages:
        found = f"no API answers at {pages[0]}: {asked[pages[0]].reply}"
        return Unwelcome(found, hint=f"is it the page's address? Else {hint}")
    tried = "; ".join(f"{path} {answer.reply}" for path, answer in asked.items())
    return Unwelcome(f"no sign-in was found: {tried}", hint=hint)
