"""Reads tokens off the wire where the target says they are, and names them without repeating them."""

from __future__ import annotations

import base64
import hashlib
import json
import string
import threading
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import msgspec

from nologout.redact import learn

if TYPE_CHECKING:
    from nologout.stage.network.messages import Reply, Request
    from nologout.targets.app import TokenPlaces

# Another letter for each, of the same kind; the last ones of a JWT are its signature.
_OTHERS = str.maketrans(
    f"{string.ascii_lowercase}{string.ascii_uppercase}{string.digits}",
    f"{string.ascii_lowercase[1:]}a{string.ascii_uppercase[1:]}A{string.digits[1:]}0",
)


class Seen(msgspec.Struct, frozen=True):
    """The labels of the tokens that one message carried, and when its access token expires (unix s).

    `scheme` is the word before an access token in its header.
    """

    refresh: str = ""
    access: str = ""
    access_expires: float | None = None
    scheme: str = ""


class TokenVault:
    """Gives each token a label in order of appearance; the tokens themselves stay in memory here."""

    def __init__(self, places: TokenPlaces) -> None:
        self._places = places
        self._labels: dict[bytes, str] = {}
        self._raw: dict[str, str] = {}
        self._cookies: dict[str, str] = {}
        self._access: set[str] = set()
        self._lock = threading.Lock()

    def in_request(self, request: Request) -> Seen:
        """Return the labels of the tokens that a request presents."""
        places = self._places
        scheme, _, bearer = request.header("authorization").partition(" ")
        of_header = bearer if scheme.lower() != "basic" else ""
        access = of_header or self._in_cookie(request.cookies, places.access_cookie)
        refresh = self._in_cookie(request.cookies, places.refresh_cookie)
        if places.refresh_field:
            refresh = _named(request.json(), places.refresh_field) or refresh
        seen = self._seen(refresh, access)
        return msgspec.structs.replace(seen, scheme=scheme if of_header else "")

    def in_reply(self, reply: Reply) -> Seen:
        """Return the labels of the tokens that a reply hands out."""
        places, body, cookies = self._places, reply.json(), reply.set_cookies
        refresh = _named(body, places.refresh_field) or self._in_cookie(cookies, places.refresh_cookie)
        access = _named(body, places.access_field) or self._in_cookie(cookies, places.access_cookie)
        return self._seen(refresh, access)

    @property
    def access_labels(self) -> frozenset[str]:
        """Return the labels of all access tokens seen so far."""
        with self._lock:
            return frozenset(self._access)

    def raw(self, label: str) -> str:
        """Return the token behind a label; for a thief's replay, never for a log."""
        return self._raw[label]

    def cookie(self, label: str) -> str:
        """Return the cookie that held the token behind a label, as a browser sends it; for a thief's replay."""
        token = self._raw[label]
        return f"{self._cookies[token]}={token}"

    def _in_cookie(self, cookies: dict[str, str], name: str) -> str:
        """Return the last token in a cookie of this name; remember which cookie it was."""
        found = {held: cookies[held] for held in cookies if cookies[held] and fnmatchcase(held, name)}
        self._cookies |= {token: held for held, token in found.items()}
        return next(reversed(found.values()), "")

    def _seen(self, refresh: str, access: str) -> Seen:
        seen = Seen(self._label("R", refresh), self._label("A", access), expiry(access))
        with self._lock:
            self._access |= {seen.access} - {""}
        return seen

    def _label(self, letter: str, token: str) -> str:
        if not token:
            return ""
        learn(token)
        digest = hashlib.sha256(token.encode()).digest()
        with self._lock:
            if digest not in self._labels:
                number = 1 + sum(label.startswith(letter) for label in self._labels.values())
                self._labels[digest] = f"{letter}{number}"
                self._raw[f"{letter}{number}"] = token
            return self._labels[digest]


def spoiled(token: str) -> str:
    """Return a token of the same shape that no server takes: the last third of its letters are others."""
    kept = len(token) - max(1, len(token) // 3)
    return token[:kept] + token[kept:].translate(_OTHERS)


def spoil(request: Request, token: str) -> Request:
    """Return a request whose headers carry the spoiled form of a token in its place."""
    carriers = {"authorization", "cookie"}
    swap = {name: value.replace(token, spoiled(token)) for name, value in request.headers if name in carriers}
    headers = tuple((name, swap.get(name, value)) for name, value in request.headers)
    return msgspec.structs.replace(request, headers=headers)


def expiry(token: str) -> float | None:
    """Return a JWT's `exp` (unix seconds), or None for anything that has none."""
    parts = token.split(".")
    if len(parts) != 3:
        return None
    try:
        payload = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
        return float(payload["exp"])
    except (ValueError, KeyError, TypeError):
        return None


def _named(body: object, names: str) -> str:
    """Return the text that stands in a body under the first of these names that is there (`a|b.c`)."""
    for name in names.split("|"):
        found = body
        for part in name.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        if isinstance(found, str) and found:
            return found
    return ""
