"""Which of what a sign-in brings is the access token, and which the refresh token."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Literal

import msgspec

from nologout.diagnose.detect.rules import jwt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nologout.diagnose.detect.rules.finding import Confidence
    from nologout.diagnose.detect.rules.seen import Message, Seen

Kind = Literal["access", "refresh"]
_OPAQUE = re.compile(r"^[\w+/=.~-]{16,}$")
_NO_TOKEN = re.compile(r"csrf|xsrf|id_?token", re.IGNORECASE)
_A_TOKEN = re.compile(r"token|access|refresh|renew|jwt|bearer", re.IGNORECASE)
_REFRESH = re.compile(r"refresh|renew|remember", re.IGNORECASE)
_ACCESS = re.compile(r"access|session|sid|jwt|bearer|^token$|auth", re.IGNORECASE)
_VARIES = re.compile(r"^(.*[_.-])(?=[^_.-]*\d)[A-Za-z0-9]{6,}$")


class Candidate(msgspec.Struct, frozen=True):
    """Something that may be a token, and what it came in; its value is never shown.

    `lifetime_s` is what it says of itself, or else `max_age`, after which the browser forgets it (seconds).
    """

    value: str
    carrier: Literal["field", "cookie"]
    name: str
    lifetime_s: float | None = None
    max_age: float | None = None
    path: str = "/"
    http_only: bool = False

    def __repr__(self) -> str:
        return f"Candidate({self.name!r})"


class Token(msgspec.Struct, frozen=True):
    """A token that the app hands out: what it is, what carries it, how sure that is, and why."""

    kind: Kind
    held: Candidate
    confidence: Confidence
    why: str


def tokens_of(seen: Seen) -> dict[Kind, Token]:
    """Return the access token and the refresh token that a sign-in brought, as far as there are such."""
    candidates = _of_one_carrier(list(_candidates(seen)), seen.messages)
    told = [_told(each, bearers_of(seen.messages)) for each in candidates]
    found: dict[Kind, Token] = {}
    for token in sorted(filter(None, told), key=lambda token: token.confidence != "sure"):
        found.setdefault(token.kind, token)
    rest = [each for each, token in zip(candidates, told, strict=True) if token is None]
    return found | _by_lifetime(rest, found)


def in_reply(message: Message, token: Token | None) -> str:
    """Return the token of this name that a reply brought, or nothing."""
    if token is None:
        return ""
    if token.held.carrier == "field":
        return message.brought.get(token.held.name, "")
    return next((each.value for each in message.set if fnmatchcase(each.name, token.held.name)), "")


def fresh_access(message: Message, access: Token | None, bearers: frozenset[str]) -> str:
    """Return the access token that a reply brought, under its usual name or another one, or nothing."""
    return in_reply(message, access) or next((each for each in message.brought.values() if each in bearers), "")


def in_request(message: Message, token: Token | None, values: frozenset[str]) -> bool:
    """Tell whether a request carried a token of this name, or one of these values in its body."""
    if values & {*message.sent.values()}:
        return True
    if token is None or token.held.carrier == "field":
        return message.bearer in values
    return any(fnmatchcase(name, token.held.name) for name in message.cookies)


def bearers_of(messages: tuple[Message, ...]) -> frozenset[str]:
    """Return all tokens that requests carried in `Authorization`."""
    return frozenset(message.bearer for message in messages) - {""}


def values(messages: tuple[Message, ...], token: Token | None) -> frozenset[str]:
    """Return all tokens of this name that replies brought."""
    return frozenset(in_reply(message, token) for message in messages) - {""}


def _of_one_carrier(candidates: list[Candidate], messages: tuple[Message, ...]) -> list[Candidate]:
    """Return the candidates without those of which the app makes no use: a token may come in JSON and in a cookie."""
    carriers: dict[str, set[str]] = {}
    for each in candidates:
        carriers.setdefault(each.value, set()).add(each.carrier)
    by_scripts = bearers_of(messages) | {value for message in messages for value in message.sent.values()}
    in_use = {value: "field" if value in by_scripts else "cookie" for value, both in carriers.items() if len(both) > 1}
    return [each for each in candidates if in_use.get(each.value, each.carrier) == each.carrier]


def _candidates(seen: Seen) -> Iterator[Candidate]:
    met = set[tuple[str, str]]()
    for message in (*seen.signing_in, *seen.reloaded):
        if not message.served and message.status not in {302, 303}:
            continue
        for each in (*_fields(message), *_cookies(message, seen.earlier)):
            if (each.carrier, each.name) not in met:
                met.add((each.carrier, each.name))
                yield each


def _fields(message: Message) -> Iterator[Candidate]:
    for name, value in message.brought.items():
        named = bool(_A_TOKEN.search(name)) and bool(_OPAQUE.match(value))
        if (named or jwt.claims(value)) and not _NO_TOKEN.search(name):
            yield Candidate(value, "field", name, jwt.lifetime(value))


def _cookies(message: Message, earlier: frozenset[str]) -> Iterator[Candidate]:
    for cookie in message.set:
        if cookie.value and cookie.name not in earlier and not _NO_TOKEN.search(cookie.name):
            varies = _VARIES.match(cookie.name)
            name = f"{varies[1]}*" if varies else cookie.name
            lives = jwt.lifetime(cookie.value) or cookie.max_age
            yield Candidate(cookie.value, "cookie", name, lives, cookie.max_age, cookie.path, cookie.http_only)


def _told(each: Candidate, bearers: frozenset[str]) -> Token | None:
    kind = jwt.kind(each.value)
    if kind:
        return Token(kind, each, "sure", f"a JWT that says of itself that it is an {kind} token".replace("an r", "a r"))
    if each.value in bearers:
        return Token("access", each, "sure", "requests carry it as Bearer")
    if _REFRESH.search(each.name):
        return Token("refresh", each, "likely", "by its name")
    if each.path != "/":
        return Token("refresh", each, "likely", f"a cookie for {each.path} alone")
    if _ACCESS.search(each.name):
        return Token("access", each, "likely", "by its name")
    return None


def _by_lifetime(rest: list[Candidate], found: dict[Kind, Token]) -> dict[Kind, Token]:
    """Return what names do not tell: of two, the access token is the one that lives shorter."""
    by_life = sorted(rest, key=lambda each: each.lifetime_s or float("inf"))
    lacking: list[Kind] = [kind for kind in ("access", "refresh") if kind not in found]
    if len(by_life) > 1 and len(lacking) == 2 and by_life[0].lifetime_s:
        return {
            "access": Token("access", by_life[0], "likely", "of two it lives shorter"),
            "refresh": Token("refresh", by_life[-1], "likely", "of two it lives longer"),
        }
    if by_life and lacking and (lacking[0] == "access" or by_life[0].carrier == "cookie"):
        return {lacking[0]: Token(lacking[0], by_life[0], "guessed", "by elimination")}
    return {}
