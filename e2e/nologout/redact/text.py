"""Cuts secrets out of text: those that were learnt, and whatever has the shape of one."""

from __future__ import annotations

import re

from nologout.redact.known import cut_known
from nologout.redact.veils import BASE64, ESCAPED, PERCENT, from_base64, from_escapes, from_percent, unveiled

CUT = "[cut]"
_CUT = CUT.encode()
_DEPTH = 3
# A JWT, or the start of one: base64url of '{"' is 'eyJ', and its parts hang together by dots. Any picture in
# base64 has an 'eyJ' somewhere in the middle.
_JWT = re.compile(rb"(?<![A-Za-z0-9+/]{24})eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){0,2}")
_NAMES = rb"password|passwd|access|refresh|token|secret|authorization|cookie|set-cookie|csrfmiddlewaretoken"
_SHAPES = (
    re.compile(rb"(?i)(\"name\"\s*:\s*\"(?:" + _NAMES + rb")\"\s*,\s*\"value\"\s*:\s*\")((?:[^\"\\]|\\.)+)"),
    re.compile(rb"(?i)(\\?[\"'](?:" + _NAMES + rb")\\?[\"']\s*:\s*\\?[\"'])((?:[^\"'\\]|\\[^\"'])+)"),
    re.compile(rb"(?i)\b((?:" + _NAMES + rb")=)([^&\s\"'\\;]+)"),
    re.compile(rb"(?im)^((?:authorization|cookie|set-cookie):[ \t]*)([^\r\n]+)"),
)


def redact_bytes(data: bytes) -> bytes:
    """Return the data with `[cut]` in the place of every secret, known or of a known shape.

    A run of base64 or of escaped text that has a secret in it is cut as a whole.
    """
    data = _plainly(data)
    data = BASE64.sub(lambda run: _CUT if any(map(_holds, from_base64(run.group()))) else run.group(), data)
    data = PERCENT.sub(lambda run: _CUT if _holds(from_percent(run.group())) else run.group(), data)
    return ESCAPED.sub(lambda run: _CUT if _holds(from_escapes(run.group())) else run.group(), data)


def redact(text: str) -> str:
    """Return the text with `[cut]` in the place of every secret, known or of a known shape."""
    return redact_bytes(text.encode("utf-8", "surrogateescape")).decode("utf-8", "surrogateescape")


def _plainly(data: bytes) -> bytes:
    data = cut_known(_JWT.sub(_CUT, data), _CUT)
    for shape in _SHAPES:
        data = shape.sub(rb"\1" + _CUT, data)
    return data


def _holds(data: bytes, depth: int = _DEPTH) -> bool:
    """Tell whether there is a secret in the data, also under further veils."""
    if _plainly(data) != data:
        return True
    return depth > 0 and any(_holds(inside, depth - 1) for _, inside in unveiled(data))
