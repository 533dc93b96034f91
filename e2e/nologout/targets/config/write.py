"""Writes a configuration as TOML: what each key means as a comment, defaults to be seen but not in force."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import inspect

from nologout.targets.config.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nologout.targets.config.model import Config


def write_config(config: Config, notes: Mapping[str, str] | None = None) -> str:
    """Return the text of a file that `read_config` reads as this configuration.

    `notes` are written above the keys (`tokens.refresh_field`) that they are about; at the end, where those are not.
    """
    writer = _Writer(dict(notes or {}))
    lines = list(writer.table(config, ""))
    return "\n".join([*lines, *writer.leftover()]).strip() + "\n"


class _Writer:
    """Writes tables, and uses up the notes on its way."""

    def __init__(self, notes: dict[str, str]) -> None:
        self._notes = notes

    def table(self, table: Table, name: str) -> Iterator[str]:
        """Yield the lines of a table's keys, and then of the tables in it."""
        tables: list[tuple[str, Any]] = []
        for field in msgspec.structs.fields(table):
            value = getattr(table, field.name)
            key = f"{name}.{field.name}".removeprefix(".")
            if _has_a_header(value):
                tables.append((key, value))
            elif value is not None and not (isinstance(value, dict) and not value):
                given = field.required or value != field.default
                yield from self._note(key)
                yield f"{'' if given else '# '}{field.name} = {_toml(value)}{_comment(field.type)}"
        for key, value in tables:
            yield from self._tables(key, value)

    def leftover(self) -> Iterator[str]:
        """Yield the notes about keys that were not written."""
        if self._notes:
            yield ""
        for key, note in self._notes.items():
            yield f"# {key}: {note}"

    def _tables(self, name: str, value: Any) -> Iterator[str]:  # noqa: ANN401 - a table or several
        for each in value if isinstance(value, tuple) else (value,):
            written = list(self.table(each, name))
            in_force = any(not line.startswith("#") for line in written)
            about = (type(each).__doc__ or "").splitlines()[0]
            header = f"[[{name}]]" if isinstance(value, tuple) else f"[{name}]"
            yield from ("", f"# {about}", header if in_force else f"# {header}", *written)

    def _note(self, key: str) -> Iterator[str]:
        if key in self._notes:
            yield f"# {self._notes.pop(key)}"


def _has_a_header(value: object) -> bool:
    first = value[0] if isinstance(value, tuple) and value else value
    return isinstance(first, Table) and not first.inline


def _comment(kind: Any) -> str:  # noqa: ANN401 - any annotation
    info = inspect.type_info(kind)
    told = (info.extra_json_schema or {}).get("description", "") if isinstance(info, inspect.Metadata) else ""
    return f"  # {told}" if told else ""


def _toml(value: Any) -> str:  # noqa: ANN401 - whatever a table holds
    if isinstance(value, Table):
        return _toml(msgspec.to_builtins(value))
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(name)} = {_toml(held)}" for name, held in value.items()) + " }"
    if isinstance(value, (tuple, list)):
        return "[" + ", ".join(map(_toml, value)) + "]"
    # A JSON string, number or truth is one of TOML too, but for one character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def _key(name: str) -> str:
    return name if name.replace("_", "").replace("-", "").isalnum() and name.isascii() else _toml(name)
