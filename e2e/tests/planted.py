"""Secrets of no worth, and the ways in which they get into artefacts."""

import base64
import gzip
import io
import json
import secrets
import zipfile
from collections.abc import Callable
from urllib.parse import quote


def jwt() -> str:
    """Return a fresh token of a JWT's shape."""
    parts = (
        b'{"alg":"HS256","typ":"JWT"}',
        json.dumps({"jti": secrets.token_hex(16)}).encode(),
        secrets.token_bytes(32),
    )
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)


def zipped(name: str, data: bytes) -> bytes:
    """Return a zip archive of one member."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return written.getvalue()


def _plain(secret: str) -> bytes:
    return f"before {secret} after".encode()


def _dirty(secret: str) -> bytes:
    """Return text whose base64 has both of the letters in which the alphabets differ."""
    return b"\xfb\xef\xff?>" + secret.encode() + b"\xff\xfe?>"


# A secret in each of the forms in which it must be found.
FORMS: dict[str, Callable[[str], bytes]] = {
    "plain": _plain,
    "a piece of 16": lambda secret: b"x" + secret[-16:].encode() + b"y",
    "JSON": lambda secret: json.dumps({"body": json.dumps({"a": secret})}).encode(),
    "JSON escapes": lambda secret: "".join(f"\\u{ord(letter):04x}" for letter in secret).encode(),
    "percent signs": lambda secret: f"/a?b={''.join(f'%{ord(letter):02X}' for letter in secret)}".encode(),
    "some percent signs": lambda secret: quote(f"/a?b={secret}&c", safe="").encode(),
    "base64": lambda secret: base64.b64encode(_dirty(secret)),
    "URL-safe base64": lambda secret: base64.urlsafe_b64encode(_dirty(secret)).rstrip(b"="),
    "base64 glued to a word": lambda secret: b"Basic" + base64.b64encode(_dirty(secret)),
    "base64 in JSON": lambda secret: json.dumps({"d": base64.b64encode(_plain(secret)).decode()}).encode(),
    "base64 in lines": lambda secret: base64.encodebytes(_plain(secret) * 3),
    "base64 in base64": lambda secret: base64.b64encode(base64.b64encode(_plain(secret))),
    "base64 of gzip": lambda secret: base64.b64encode(gzip.compress(_plain(secret))),
    "percent signs in base64": lambda secret: base64.b64encode(quote(f"{{{secret}}}", safe="").encode()),
    "zip": lambda secret: zipped("a/trace.network", _plain(secret)),
    "gzip": lambda secret: gzip.compress(_plain(secret)),
    "zip in zip": lambda secret: zipped("inner.zip", zipped("x", _plain(secret))),
    "gzip in zip": lambda secret: zipped("log.gz", gzip.compress(_plain(secret))),
    "zip in gzip": lambda secret: gzip.compress(zipped("x", _plain(secret))),
    "two gzips in a row": lambda secret: gzip.compress(b"first") + gzip.compress(_plain(secret)),
    "base64 in a zip": lambda secret: zipped("x.json", base64.b64encode(_plain(secret))),
    "among bytes": lambda secret: bytes(range(256)) + secret.encode() + bytes(range(255, -1, -1)),
}
