"""Reads TOML files that people write, and says of each error in which line and at which key it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
import tomlkit
from tomlkit.exceptions import ParseError
from tomlkit.items import AoT, Table

from nologout.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

KeyPath = tuple[str | int, ...]
T = TypeVar("T")
_WRITTEN = "https://toml.io shows how TOML is written"
_MARK = "e4c9_this_line"
# How msgspec words where it found something wrong: "... - at `$.fails[0].until`".
_WHERE = re.compile(r" - at `(?P<where>\$.*)`$")
_PART = re.compile(r"\.(\w+)|\[(\d+)\]")
_FIELD = re.compile(r"field `(\w+)`")


class TomlFile:
    """A file that was read: `data` is plain, and `line` finds the line of any key in it."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self._text = text
        self.data: dict[str, Any] = tomlkit.parse(text).unwrap()

    def line(self, *key: str | int) -> int:
        """Return the line, from 1, of a value or of a table's heading; of what is missing, where it would stand."""
        if not key:
            return 1
        found = _marked(self._text, key)
        return self.line(*key[:-1]) if found is None else found

    def place(self, *key: str | int) -> str:
        """Return `file:line` of a value."""
        return f"{self.path}:{self.line(*key)}"

    def wrong(self, key: KeyPath, says: str, hint: str) -> UsageError:
        """Return the error for a value: file, line, key, what is wrong and what to do."""
        return UsageError(f"{self.place(*key)}: {dotted(key) or 'the whole file'}: {says}", hint=hint)

    def convert(self, shape: type[T], hint: str) -> T:
        """Return the data in this shape.

        Raises:
            UsageError: It has another one.
        """
        try:
            return msgspec.convert(self.data, shape)
        except msgspec.ValidationError as error:
            raise self.wrong(_key(str(error)), _said(str(error)), hint) from error


def read_toml(path: Path) -> TomlFile:
    """Return the file.

    Raises:
        UsageError: It cannot be read, or is no TOML.
    """
    try:
        return TomlFile(path, path.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}", hint="check the path") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is no text in UTF-8", hint="save it in that encoding") from error
    except ParseError as error:
        what = str(error).rpartition(" at line ")[0]
        raise UsageError(f"{path}:{error.line}: no TOML: {what}", hint=_WRITTEN) from error


def dotted(key: KeyPath) -> str:
    """Return a path as people write it, e.g. `fails[1].until`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in key).removeprefix(".")


def _marked(text: str, key: KeyPath) -> int | None:
    """Return the line in which a mark comes out that is put at a key; None where there is nothing.

    tomlkit keeps every line as it was written, and tells of none where it stands.
    """
    document: Any = tomlkit.parse(text)
    *way, last = key
    try:
        holder = document
        for part in way:
            holder = holder[part]
        item = holder[last]
        if isinstance(item, AoT):
            item = item[0]
        if isinstance(item, Table):
            item.comment(_MARK)
        else:
            holder[last] = _MARK
    except (LookupError, TypeError):
        return None
    before, found, _ = tomlkit.dumps(document).partition(_MARK)
    return before.count("\n") + 1 if found else None


def _said(message: str) -> str:
    """Return what msgspec says in words that fit a file's reader."""
    if message.startswith("Object missing required field"):
        return "is missing"
    if message.startswith("Object contains unknown field"):
        return "there is no such key"
    says = _WHERE.sub("", message).replace("`", "'")
    return says[:1].lower() + says[1:]


def _key(message: str) -> KeyPath:
    where = _WHERE.search(message)
    parts = _PART.findall(where["where"]) if where else []
    key: KeyPath = tuple(name or int(index) for name, index in parts)
    field = _FIELD.search(message)
    return (*key, field[1]) if field else key
