"""Tells whether a token comes back from another browser or network, and keeps neither's name.

A thief who always stays inside the grace period breaks no rule: that his replay comes from elsewhere is all there is
to see of him. So each rotation notes for whom it was, in two keyed hashes that say nothing of another session.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.utils.crypto import salted_hmac
from rest_framework.throttling import BaseThrottle

if TYPE_CHECKING:
    import uuid

    from rest_framework.request import Request

    from token_family.models import TokenFamily

HASH_LENGTH = 12


class Client(NamedTuple):
    """What a request says of who sent it."""

    agent: str
    address: str


def client_of(request: Request | None) -> Client | None:
    """Return who sent a request; None where there is none, as when a serializer is called by hand.

    The address is the one that Django REST framework throttles by: its NUM_PROXIES says how far X-Forwarded-For is
    believed.
    """
    if request is None:
        return None
    return Client(request.headers.get("User-Agent", ""), BaseThrottle().get_ident(request) or "")


def noted(client: Client | None, sid: uuid.UUID, generation: int) -> str | None:
    """Return what a row keeps of the client for whom a generation was begun."""
    if client is None:
        return None
    hashes = (_hash(what, text, sid, settings.SECRET_KEY) for what, text in client._asdict().items())
    return " ".join([str(generation), *hashes])


def changes(family: TokenFamily, client: Client | None) -> set[str]:
    """Return what is not as it was when the family's generation began: `agent`, `address`, both or nothing.

    What is not known has not changed: a server of before begins generations, and notes nothing.
    """
    generation, *hashes = (family.rotated_for or "").split(" ")
    if client is None or generation != str(family.generation):
        return set()
    then = zip(client._asdict().items(), hashes, strict=True)
    return {what for (what, text), hashed in then if not _is_hash(hashed, what, text, family.sid)}


def _is_hash(hashed: str, what: str, text: str, sid: uuid.UUID) -> bool:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(hashed == _hash(what, text, sid, key) for key in keys)


def _hash(what: str, text: str, sid: uuid.UUID, key: str | bytes) -> str:
    value = f"{sid.hex} {text}".encode("utf-8", "replace")
    return salted_hmac(f"token_family.{what}", value, secret=key, algorithm="sha256").hexdigest()[:HASH_LENGTH]
