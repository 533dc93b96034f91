"""Takes one veil off data: what it holds in archives, in base64, in percent signs, in JSON's escapes."""

from __future__ import annotations

import binascii
import contextlib
import io
import lzma
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{22,}={0,2}")
# Possessive, and only from the beginning of a run: else a long run without a percent sign takes quadratic time.
PERCENT = re.compile(rb"(?<![\w.~+*!'()-])[\w.~+*!'()-]*+(?:%[0-9A-Fa-f]{2}[\w.~+*!'()-]*+)++")
ESCAPED = re.compile(rb"(?<![\w.~+-])[\w.~+-]*+(?:\\u00[0-9A-Fa-f]{2}[\w.~+-]*+)++")
_ESCAPE = re.compile(rb"\\(?:u00([0-9A-Fa-f]{2})|([/\"\\]))")
# What zipfile raises for an archive that is broken, locked, or packed in a way that it does not know.
BROKEN_ZIP = (
    *(zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OverflowError, OSError, EOFError),
    *(struct.error, zlib.error, lzma.LZMAError),
)
_GZIP, _ZIP_END = b"\x1f\x8b", b"PK\x05\x06"
_ONE_ALPHABET = bytes.maketrans(b"-_", b"+/")


def unveiled(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield what is under each veil, with the veil's name (a zip's member: its own name)."""
    yield from in_zip(data)
    yield from in_gzip(data)
    for run in BASE64.finditer(data):
        for decoded in from_base64(run.group()):
            yield "base64", decoded
    for run in PERCENT.finditer(data):
        yield "percent signs", from_percent(run.group())
    plain = from_escapes(data)
    if plain != data:
        yield "escapes", plain


def in_zip(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the members of a zip archive; nothing when it is none."""
    if _ZIP_END not in data:
        return
    with contextlib.suppress(*BROKEN_ZIP), zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            with contextlib.suppress(*BROKEN_ZIP):
                yield member.filename, archive.read(member)


def in_gzip(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield what a gzip stream holds, also one that breaks off; nothing when it is none."""
    plain, rest = b"", data
    with contextlib.suppress(zlib.error):
        while rest.startswith(_GZIP):
            stream = zlib.decompressobj(wbits=31)
            plain += stream.decompress(rest)
            rest = stream.unused_data
    if plain:
        yield "gzip", plain


def from_base64(run: bytes) -> Iterator[bytes]:
    """Yield what a run of base64 (standard or URL-safe) may stand for: where it begins is not known."""
    letters = run.rstrip(b"=").translate(_ONE_ALPHABET)
    for start in range(4):
        part = letters[start:]
        whole = part if len(part) % 4 != 1 else part[:-1]
        yield binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def from_percent(run: bytes) -> bytes:
    """Return what a run of percent-encoded text stands for."""
    return unquote_to_bytes(run)


def from_escapes(data: bytes) -> bytes:
    """Return what text with JSON's escapes stands for."""
    return _ESCAPE.sub(lambda found: bytes.fromhex(found[1].decode()) if found[1] else found[2], data)
