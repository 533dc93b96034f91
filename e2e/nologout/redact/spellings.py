"""How a secret may be written down: as it is, escaped for JSON, a URL, a form or HTML, or within base64 if short."""

from __future__ import annotations

import base64
import html
import json
from urllib.parse import quote, quote_plus

from nologout.redact.pieces import PIECE


def spellings(secret: str) -> set[bytes]:
    """Return the ways in which a secret is written where no run of base64 is long enough to be worth decoding."""
    # `encodeURIComponent` spares more than Python does; a form has a plus for a space, and spares less.
    in_url = {quote(secret, safe=""), quote(secret, safe="!'()*")}
    in_form = quote_plus(secret, safe="*").replace("~", "%7E")
    escaped = {secret, json.dumps(secret)[1:-1], *in_url, in_form, html.escape(secret)}
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
