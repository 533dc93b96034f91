"""Names of keys and cookies, fit to be shown: what may be an id, an address or a secret in them is a star."""

from __future__ import annotations

import re

from nologout.redact import redact

_LONGEST = 60
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_HEX = re.compile(r"[0-9a-fA-F-]{16,}")
# Base64 for URLs has its own dashes: capitals, small letters and figures in one run are no words.
_RUN = re.compile(r"(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=(?:[\w-]*\d){3})[\w-]{20,}")
_PART = re.compile(r"[^\W_]+")
_HEX_PART = re.compile(r"(?=.*\d)[0-9a-f]{8,}", re.IGNORECASE)
_WORD_S_MOST = 40


def shown_name(name: str, user: str = "") -> str:
    """Return a name without what tells one user, session or tenant from another; `user` is a name to leave out."""
    shown = redact(name)
    for shape in (_ADDRESS, _HEX, _RUN):
        shown = shape.sub("*", shown)
    if user:
        shown = re.sub(rf"(?<![^\W_]){re.escape(user)}(?![^\W_])", "*", shown, flags=re.IGNORECASE)
    shown = _PART.sub(lambda part: "*" if _is_id(part[0]) else part[0], shown)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"


def _is_id(part: str) -> bool:
    figures = sum(each.isdigit() for each in part)
    if part.isdigit():
        return figures >= 3
    return bool(_HEX_PART.fullmatch(part)) or (len(part) >= 10 and figures >= 3) or len(part) > _WORD_S_MOST
