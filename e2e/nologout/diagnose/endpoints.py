"""Finds the token endpoints: where SimpleJWT, djoser and dj-rest-auth put them, or where one is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from nologout.diagnose.observed import Paths
from nologout.errors import Unwelcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nologout.diagnose.wire import Answer, Wire

KNOWN = (
    Paths("/api/token/", "/api/token/refresh/", "/api/token/verify/", "/api/token/blacklist/"),
    Paths("/auth/jwt/create/", "/auth/jwt/refresh/", "/auth/jwt/verify/"),
    Paths("/api/auth/jwt/create/", "/api/auth/jwt/refresh/", "/api/auth/jwt/verify/"),
    Paths(
        "/dj-rest-auth/login/",
        "/dj-rest-auth/token/refresh/",
        "/dj-rest-auth/token/verify/",
        "/dj-rest-auth/logout/",
    ),
    Paths("/api/auth/login/", "/api/auth/token/refresh/", "/api/auth/token/verify/", "/api/auth/logout/"),
    Paths("/auth/login/", "/auth/token/refresh/", "/auth/token/verify/", "/auth/logout/"),
    Paths("/token/", "/token/refresh/", "/token/verify/", "/token/blacklist/"),
)
APIS = ("/api/me/", "/dj-rest-auth/user/", "/auth/users/me/", "/api/auth/user/", "/auth/user/", "/api/users/me/")
# An empty body is asked with, so nobody's password is tried: an endpoint names what is missing.
_THERE = frozenset({400, 401, 403, 409, 415, 422})


def find_paths(wire: Wire, given: Paths) -> Paths:
    """Return where the endpoints are; what is `given` is taken as it is.

    Raises:
        Unwelcome: There is none, or something else than an API answers.
    """
    asked: dict[str, Answer] = {}
    sign_in = given.sign_in or _first(wire, (each.sign_in for each in KNOWN), asked)
    if not sign_in:
        raise _none_found(asked)
    beside = [each for each in KNOWN if each.sign_in == sign_in]
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


def find_api(wire: Wire, paths: Paths, access: str) -> Paths:
    """Return the paths with one that serves whoever holds this access token; or without one."""
    bearer = {"Authorization": f"Bearer {access}"}
    for path in () if paths.api else APIS:
        answer = wire.ask("GET", path, headers=bearer)
        if answer.status == 200 and answer.reply.kind == "json":
            return msgspec.structs.replace(paths, api=path)
    return paths


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
