"""Finds tokens in an answer, in its body or its cookies, whatever they are called there."""

from __future__ import annotations

from http.cookies import CookieError, Morsel, SimpleCookie
from typing import TYPE_CHECKING, Any

import jwt
import msgspec

from nologout.redact import learn
from nologout.stage.network.tokens import spoiled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nologout.diagnose.wire import Answer

_SHORTEST = 16


class Tokens(msgspec.Struct, frozen=True):
    """What one sign-in holds now: `field` is the refresh token's in a body, `cookie` its cookie; one is empty."""

    access: str
    refresh: str
    field: str = ""
    cookie: str = ""
    cookies: dict[str, str] = {}
    sliding: bool = False

    def __repr__(self) -> str:
        return "Tokens(…)"


def tokens_in(answer: Answer, before: Tokens | None = None) -> Tokens | None:
    """Return the tokens that an answer brings, added to those held `before`; None without an access token."""
    set_cookies = {morsel.key: morsel.value for morsel in cookies_in(answer)}
    jar = {**(before.cookies if before else {}), **set_cookies}
    found = _sorted([*_leaves(answer.data)], [*set_cookies.items()])
    if "access" not in found:
        return None
    for _, token in found.values():
        learn(token)
    access = found["access"][1]
    place, refresh = found.get("refresh", ("", ""))
    in_cookie = place in set_cookies and set_cookies[place] == refresh
    if not refresh and before:
        return msgspec.structs.replace(before, access=access, cookies=jar)
    return Tokens(
        access=access,
        refresh=refresh,
        field="" if in_cookie else place,
        cookie=place if in_cookie else "",
        cookies=jar,
        sliding=claims(access).get("token_type") == "sliding",
    )


def claims(token: str) -> dict[str, Any]:
    """Return what a JWT says of itself, unverified; nothing for what is none."""
    try:
        return dict(jwt.decode(token, options={"verify_signature": False}))
    except jwt.PyJWTError:
        return {}


def forged(token: str) -> str:
    """Return the token with another signature, so that it stands for any that no longer holds."""
    head, dot, signature = token.rpartition(".")
    # The last letter has bits that must be 0: it stays, or the token would be malformed.
    return f"{head}{dot}{spoiled(signature[:-1])}{signature[-1:]}"


def cookies_in(answer: Answer) -> list[Morsel[str]]:
    """Return the cookies that an answer sets."""
    found: list[Morsel[str]] = []
    for header in answer.headers.getlist("Set-Cookie"):
        try:
            found += SimpleCookie(header).values()
        except CookieError:
            continue
    return found


def lifetime(token: str, *, renewal: bool = False) -> float | None:
    """Return for how many seconds a token was issued; `renewal`: for how long a sliding one can be renewed."""
    said = claims(token)
    try:
        return float(said["refresh_exp" if renewal else "exp"]) - float(said["iat"])
    except (KeyError, TypeError, ValueError):
        return None


def end_of(token: str) -> float | None:
    """Return when a session ends at the latest if nothing renews this token (unix seconds)."""
    said = claims(token)
    end = said.get("refresh_exp", said.get("exp"))
    return float(end) if isinstance(end, int | float) else None


def _sorted(*places: list[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Return `access` and `refresh`, each with its name and value; the first found of a kind counts."""
    found: dict[str, tuple[str, str]] = {}
    for name, value in (leaf for leaves in places for leaf in leaves):
        for kind in _kinds(name.lower(), value):
            found.setdefault(kind, (name, value))
    return found


def _kinds(name: str, value: str) -> tuple[str, ...]:
    said = claims(value)
    kind = said.get("token_type")
    if kind == "sliding":
        return ("access", "refresh")
    if kind in {"access", "refresh"}:
        return (str(kind),)
    if "refresh" in name:
        return ("refresh",) if len(value) >= _SHORTEST else ()
    if said or ("access" in name and len(value) >= _SHORTEST):
        return ("access",)
    return ()


def _leaves(data: object, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(data, dict):
        for key, inner in data.items():
            yield from _leaves(inner, str(key))
    elif isinstance(data, str) and data:
        yield name, data
