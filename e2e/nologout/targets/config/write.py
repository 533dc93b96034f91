"""Writes a configuration as TOML: what each key means as a comment, defaults to be seen but not in force."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import inspect

from nologout.targets.config.tables import Table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from nologout.targets.config.model import Config


def write_config(config: Config, notes: Mapping[str, str] | None = None, stated: Collection[str] = ()) -> str:
    """Return the text of a file that `read_config` reads as this configuration.

    `notes` are written above the keys (`tokens.refresh_field`) that they are about; where the key's table is not there,
    the table is written as a comment. The `stated` keys are written in force, although they may be defaults.
    """
    writer = _Writer(dict(notes or {}), frozenset(stated))
    return "\n".join(writer.table(config, "")).strip() + "\n"


class _Writer:
    """Writes tables, and uses up the notes on its way."""

    def __init__(self, notes: dict[str, str], stated: frozenset[str]) -> None:
        self._notes = notes
        self._stated = stated

    def table(self, table: Table, name: str) -> Iterator[str]:
        """Yield the lines of a table's keys, and then of the tables in it."""
        tables: list[tuple[str, Any]] = []
        for field in msgspec.structs.fields(table):
            value = getattr(table, field.name)
            key = f"{name}.{field.name}".removeprefix(".")
            if value is None and any(noted.startswith(f"{key}.") for noted in self._notes):
                tables.append((key, _table_of(field.type)))
            elif _has_a_header(value):
                tables.append((key, value))
            elif value is not None and not (isinstance(value, dict) and not value):
                given = field.required or value != field.default or key in self._stated
                yield from self._note(key)
                yield f"{'' if given else '# '}{field.name} = {_toml(value)}{_comment(field.type)}"
        for key, value in tables:
            yield from self._gap(key, value) if isinstance(value, type) else self._tables(key, value)

    def _gap(self, name: str, table: type[Table]) -> Iterator[str]:
        """Yield a table that is not there, as a comment to be filled in."""
        yield from ("", f"# {_about(table)}", f"# [{name}]")
        for field in msgspec.structs.fields(table):
            yield from self._note(f"{name}.{field.name}")
            yield f"# {field.name} = {_toml('' if field.required else field.default)}{_comment(field.type)}"

    def _tables(self, name: str, value: Any) -> Iterator[str]:  # noqa: ANN401 - a table or several
        for each in value if isinstance(value, tuple) else (value,):
            written = list(self.table(each, name))
            in_force = any(not line.startswith("#") for line in written)
            header = f"[[{name}]]" if isinstance(value, tuple) else f"[{name}]"
            yield from ("", f"# {_about(type(each))}", header if in_force else f"# {header}", *written)

    def _note(self, key: str) -> Iterator[str]:
        if key in self._notes:
            yield f"# {self._notes.pop(key)}"


def _has_a_header(value: object) -> bool:
    first = value[0] if isinstance(value, tuple) and value else value
    return isinstance(first, Table) and not first.inline


def _about(table: type[Table]) -> str:
    return (table.__doc__ or "").splitlines()[0]


def _table_of(kind: Any) -> type[Table]:  # noqa: ANN401 - the annotation of a table that may be left out
    """Return the table that a key holds, if it holds anything."""
    info: Any = inspect.type_info(kind)
    held = getattr(info, "type", info)
    found = (each.cls for each in held.types if isinstance(each, inspect.StructType))
    return next(each for each in found if issubclass(each, Table))


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
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    # A JSON string, number or truth is one of TOML too, but for one character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def _key(name: str) -> str:
    return name if name.replace("_", "").replace("-", "").isalnum() and name.isascii() else _toml(name)
