"""Cuts secrets out of files that others wrote: traces, archives, logs, reports."""

from __future__ import annotations

import gzip
import io
import stat
import zipfile
from typing import TYPE_CHECKING

from nologout.files import write_whole
from nologout.redact.text import CUT, redact_bytes
from nologout.redact.veils import BROKEN_ZIP, in_gzip

if TYPE_CHECKING:
    from pathlib import Path

_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"
_UNREADABLE = f"{CUT} This archive could not be opened, so nobody could tell what it held.\n".encode()


def scrub(folder: Path) -> list[Path]:
    """Rewrite every file under a folder without its secrets; return those that had some.

    Archives stay archives (their members are rewritten); each file is replaced at once. A file that begins
    as an archive and cannot be opened is replaced by a sentence: nobody can say what is in it.
    """
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink() and _scrub(path)]


def cleaned(data: bytes) -> bytes:
    """Return a file's content without its secrets."""
    if data.startswith(_ZIP):
        return _cleaned_zip(data)
    if data.startswith(_GZIP):
        return _cleaned_gzip(data)
    return redact_bytes(data)


def _scrub(path: Path) -> bool:
    before = path.read_bytes()
    after = cleaned(before)
    if after == before:
        return False
    write_whole(path, after, stat.S_IMODE(path.stat().st_mode))
    return True


def _cleaned_zip(data: bytes) -> bytes:
    written = io.BytesIO()
    same = True
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w") as new:
            for member in old.infolist():
                before = old.read(member)
                after = cleaned(before)
                same = same and after == before
                new.writestr(member, after)
    except BROKEN_ZIP:
        return _UNREADABLE
    return data if same else written.getvalue()


def _cleaned_gzip(data: bytes) -> bytes:
    plain = next((inside for _, inside in in_gzip(data)), None)
    if plain is None:
        return _UNREADABLE
    after = cleaned(plain)
    return data if after == plain else gzip.compress(after, mtime=0)
