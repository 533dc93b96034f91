"""Writes tokens as nobody honest makes them, by hand: PyJWT refuses to write most of them."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable

from django.conf import settings

from tests.people import claims

Forgery = Callable[[str], str]

HEADER = {"alg": "HS256", "typ": "JWT"}
ANOTHER_KEY = "another key, long enough to be taken seriously"


def base64url(data: bytes) -> str:
    """Return it as a part of a token is written."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def sign(header: object, payload: bytes, key: str | bytes = "") -> str:
    """Return a token of this payload, signed with the lab's key or another."""
    signed = f"{base64url(json.dumps(header).encode())}.{base64url(payload)}"
    secret = key or settings.SECRET_KEY
    digest = hmac.digest(secret.encode() if isinstance(secret, str) else secret, signed.encode(), hashlib.sha256)
    return f"{signed}.{base64url(digest)}"


def payload_of(token: str, **texts: str) -> bytes:
    """Return the token's claims as JSON; those that are named, as the text that is given."""
    written = {name: json.dumps(value) for name, value in claims(token).items()} | texts
    return "{{{}}}".format(", ".join(f'"{name}": {text}' for name, text in written.items())).encode()


def forge(token: str, **texts: str) -> str:
    """Return the token with these JSON texts for claims, validly signed."""
    return sign(HEADER, payload_of(token, **texts))


def signed_with(token: str, **changed: object) -> str:
    """Return the token with other claims, validly signed."""
    return forge(token, **{name: json.dumps(value) for name, value in changed.items()})


def without(token: str, *names: str) -> str:
    """Return the token without these claims, validly signed."""
    kept = {name: value for name, value in claims(token).items() if name not in names}
    return sign(HEADER, json.dumps(kept).encode())


def headed(key: str | bytes = "", **header: object) -> Forgery:
    """Change the header, and sign with the lab's key or another."""
    return lambda token: sign(HEADER | header, payload_of(token), key)


def unsigned(algorithm: object, signature: str = "") -> Forgery:
    """Name an algorithm, and leave the claims without a signature, or with one that means nothing."""
    header = base64url(json.dumps(HEADER | {"alg": algorithm}).encode())
    return lambda token: f"{header}.{token.split('.')[1]}.{signature}"
