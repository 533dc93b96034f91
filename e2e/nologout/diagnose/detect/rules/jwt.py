"""What a JWT tells of itself, to anybody."""

from __future__ import annotations

import base64
import json
import re
from typing import Any, Literal

_SHAPE = re.compile(r"^[A-Za-z0-9_-]{4,}\.([A-Za-z0-9_-]{4,})\.[A-Za-z0-9_-]*$")
_KINDS: dict[str, Literal["access", "refresh"]] = {
    "access": "access",
    "bearer": "access",
    "at+jwt": "access",
    "refresh": "refresh",
}


def claims(token: str) -> dict[str, Any]:
    """Return a JWT's claims; none where it is no JWT."""
    shape = _SHAPE.match(token)
    if shape is None:
        return {}
    try:
        found = json.loads(base64.urlsafe_b64decode(shape[1] + "=" * (-len(shape[1]) % 4)))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def kind(token: str) -> Literal["access", "refresh", ""]:
    """Return what a JWT says it is: SimpleJWT's `token_type`, Keycloak's `typ`; empty where it does not say."""
    told = claims(token)
    word = told.get("token_type") or told.get("typ")
    return _KINDS.get(word.lower(), "") if isinstance(word, str) else ""


def lifetime(token: str) -> float | None:
    """Return how long a JWT lives in all (seconds), or None where it does not say."""
    told = claims(token)
    try:
        lived = float(told["exp"]) - float(told["iat"])
    except (KeyError, TypeError, ValueError):
        return None
    return lived if lived > 0 else None
