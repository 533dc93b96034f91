"""Secrets that were seen in the clear: they are cut out wherever they stand, whatever their shape."""

from __future__ import annotations

import threading

from nologout.redact.pieces import Pieces
from nologout.redact.spellings import spellings

# Shorter ones are words of every text: cutting them out would make nonsense of it.
_SHORTEST = 6
_lock = threading.Lock()
_learnt: set[str] = set()
_pieces = Pieces()


def learn(secret: str) -> None:
    """Have a secret (a password, a token) cut out of everything from now on; safe in any thread."""
    with _lock:
        if len(secret) < _SHORTEST or secret in _learnt:
            return
        _learnt.add(secret)
        for form in spellings(secret):
            _pieces.add(form)


def cut_known(data: bytes, instead: bytes) -> bytes:
    """Return the data with other bytes in the place of every piece of a learnt secret."""
    with _lock:
        return _pieces.cut(data, instead)
