"""Turns plain data into a table of the configuration, and finds everything that is wrong with it at once."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import inspect

from nologout.targets.config.tables import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from nologout.targets.config.rules import Problems
    from nologout.toml_file import KeyPath

_T = TypeVar("_T", bound=Table)
_WORDS = {
    "^/": ("is no path", "a path begins with /"),
    "^[A-Za-z_][A-Za-z0-9_]*$": (
        "is no name of an environment variable",
        "give the variable's name, never what it holds",
    ),
}


class Problem(msgspec.Struct, frozen=True):
    """One thing that is wrong: where, what, and what to do."""

    key: KeyPath
    message: str
    hint: str = ""


class Validator:
    """Collects the problems of one file; `folder` is where the file stands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []

    def table(self, kind: type[_T], data: object, at: KeyPath = ()) -> _T | None:
        """Return the table that the data makes, or None when something is wrong with it."""
        if not isinstance(data, dict):
            self._add(at, "must be a table", f"[{'.'.join(str(part) for part in at)}]")
            return None
        before = len(self.problems)
        fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
        for name in data.keys() - fields.keys():
            self._add((*at, name), "there is no such key", meant(name, fields))
        for name, field in fields.items():
            if name not in data and field.required:
                self._add((*at, name), "is missing", _description(field.type))
        given = {name: self._value(fields[name].type, data[name], (*at, name)) for name in data if name in fields}
        if len(self.problems) > before:
            return None
        made = kind(**given)
        for key, message, hint in made.problems():
            self._add((*at, *key), message, hint)
        return made

    def _value(self, kind: Any, value: object, at: KeyPath) -> object:  # noqa: ANN401 - any annotation
        inner = _table_in(kind)
        if inner is not None and isinstance(value, dict):
            return self.table(inner, value, at)
        if inner is not None and isinstance(value, list):
            return tuple(self.table(inner, each, (*at, index)) for index, each in enumerate(value))
        try:
            good: object = msgspec.convert(value, kind, strict=True)
        except msgspec.ValidationError as error:
            self._add(at, *_in_words(str(error), kind, value))
            return None
        for key, message, hint in _rule(kind)(good, self.folder):
            self._add((*at, *key), message, hint)
        return good

    def _add(self, key: KeyPath, message: str, hint: str = "") -> None:
        self.problems.append(Problem(key, message, hint))


def meant(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the nearest known word, or all of them."""
    words = sorted(known)
    near = difflib.get_close_matches(word, words, 1)
    return f"did you mean `{near[0]}`?" if near else f"known: {', '.join(words)}"


def _rule(kind: Any) -> Callable[[Any, Path], Problems]:  # noqa: ANN401 - any annotation
    info = inspect.type_info(kind)
    extra = info.extra if isinstance(info, inspect.Metadata) else None
    found: Callable[[Any, Path], Problems] = (extra or {}).get("rule", lambda _value, _folder: iter(()))
    return found


def _table_in(kind: Any) -> type[Table] | None:  # noqa: ANN401 - any annotation
    """Return the kind of table that a value of this type is, may be, or is a list of."""
    kinds = (info.cls for info in _within(kind) if isinstance(info, inspect.StructType))
    return next((cls for cls in kinds if issubclass(cls, Table)), None)


def _within(kind: Any) -> Iterator[inspect.Type]:  # noqa: ANN401 - any annotation
    """Yield what a value of this type is, may be, or is a list of."""
    queue = [inspect.type_info(kind)]
    while queue:
        info = queue.pop()
        yield info
        if isinstance(info, inspect.Metadata):
            queue.append(info.type)
        elif isinstance(info, inspect.UnionType):
            queue.extend(info.types)
        elif isinstance(info, inspect.VarTupleType):
            queue.append(info.item_type)


def _description(kind: Any) -> str:  # noqa: ANN401 - any annotation
    info = inspect.type_info(kind)
    told = (info.extra_json_schema or {}).get("description", "") if isinstance(info, inspect.Metadata) else ""
    return str(told)


def _in_words(error: str, kind: Any, value: object) -> tuple[str, str]:  # noqa: ANN401 - any annotation
    """Return msgspec's words in plainer ones; the value itself is never repeated, for it may be a secret."""
    for pattern, words in _WORDS.items():
        if f"matching regex '{pattern}'" in error:
            return words
    if error.startswith("Invalid enum value"):
        known = [str(each) for each in _choices(kind)]
        return "is not among what may stand here", meant(value, known) if isinstance(value, str) else ""
    return f"is wrong: {error.partition(' - at ')[0].lower()}", ""


def _choices(kind: Any) -> list[object]:  # noqa: ANN401 - any annotation
    return [value for info in _within(kind) if isinstance(info, inspect.LiteralType) for value in info.values]
