"""How a secret may be written down: as it is, escaped for JSON, a URL or HTML, or (a short one) within base64."""

from __future__ import annotations

import base64
import html
import json
from urllib.parse import quote

from nologout.redact.pieces import PIECE


def spellings(secret: str) -> set[bytes]:
    """Return the ways in which a secret is written where no run of base64 is long enough to be worth decoding."""
    escaped = {secret, json.dumps(secret)[1:-1], quote(secret, safe=""), html.escape(secret)}
    return {form.encode() for form in escaped} | _in_base64(secret.encode())


def _in_base64(secret: bytes) -> set[bytes]:
    if len(secret) >= PIECE:
        return set()
    # What stands before the secret decides how its bits fall; the letters at both ends depend on its neighbours.
    found = set()
    for before, unsure in ((0, 0), (1, 2), (2, 3)):
        letters = base64.b64encode(bytes(before) + secret)[unsure : (before + len(secret)) * 8 // 6]
        found |= {letters, letters.translate(bytes.maketrans(b"+/", b"-_"))}
    return found
