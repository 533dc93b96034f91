"""A TOML file's errors name the file, the line, the key, and what to do."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import msgspec
import pytest

from nologout.errors import UsageError
from nologout.toml_file import TomlFile, read_toml

if TYPE_CHECKING:
    from pathlib import Path

    from nologout.toml_file import KeyPath

TEXT = """\
# a comment
title = "x"

[[fails]]
cell = "a"

[[fails]]   # another one
words = [
  "one",
  "two",
]
until = 2027-01-31

[server]
urls.refresh = "/r"
inline = {deep = 2}
['odd "name"']
key = 1
"""


class Entry(msgspec.Struct, forbid_unknown_fields=True):
    """An entry of the list."""

    cell: str
    until: dt.date | None = None


class Shape(msgspec.Struct, forbid_unknown_fields=True):
    """A whole file."""

    fails: list[Entry]


@pytest.fixture
def file(tmp_path: Path) -> TomlFile:
    """Return the file above."""
    path = tmp_path / "some.toml"
    path.write_text(TEXT)
    return read_toml(path)


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ((), 1),
        (("title",), 2),
        (("fails",), 4),
        (("fails", 0), 4),
        (("fails", 0, "cell"), 5),
        (("fails", 1), 7),
        (("fails", 1, "words"), 8),
        (("fails", 1, "words", 1), 10),
        (("fails", 1, "until"), 12),
        (("server",), 14),
        (("server", "urls", "refresh"), 15),
        (("server", "inline", "deep"), 16),
        (('odd "name"', "key"), 18),
        (("fails", 1, "missing"), 7),
        (("fails", 7), 4),
        (("title", "under a text"), 2),
        (("nothing",), 1),
    ],
)
def test_line_of_a_place_is_where_it_stands(file: TomlFile, place: KeyPath, line: int) -> None:
    """Keys, tables and list items have their own line; what is missing has its table's."""
    assert file.line(*place) == line


def test_data_is_plain(file: TomlFile) -> None:
    """Nobody who reads the data meets the library's types."""
    assert type(file.data["fails"]) is list
    assert type(file.data["fails"][1]["until"]) is dt.date


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[fails]]\ncell = "a"\n[[fails]]\n', "3: fails[1].cell: is missing"),
        ('[[fails]]\ncell = "a"\nuntil = "soon"\n', "3: fails[0].until: invalid RFC3339"),
        ("[[fails]]\ncell = 1\n", "2: fails[0].cell: expected 'str', got 'int'"),
        ('[[fails]]\ncell = "a"\nreson = 1\n', "3: fails[0].reson: there is no such key"),
        ("fails = 3\n", "1: fails: expected 'array', got 'int'"),
        ("other = 3\n", "1: other: there is no such key"),
        ("", "1: fails: is missing"),
    ],
)
def test_wrong_shape_names_line_and_key(tmp_path: Path, text: str, says: str) -> None:
    """Each wrong key, value or omission is found where a person would look for it."""
    path = tmp_path / "some.toml"
    path.write_text(text)
    with pytest.raises(UsageError) as caught:
        read_toml(path).convert(Shape, hint="do this")
    assert str(caught.value).startswith(f"{path}:{says}")
    assert caught.value.hint == "do this"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"a = 1\nb = \n", ":2: no TOML: Unexpected character"),
        (b"a = 1\na = 2\n", ':2: no TOML: Key "a" already exists.'),
        (b"a = '\xff'\n", "no text in UTF-8"),
    ],
)
def test_broken_file_names_line_and_column(tmp_path: Path, data: bytes, says: str) -> None:
    """What is no TOML is found by line, and no traceback follows."""
    path = tmp_path / "some.toml"
    path.write_bytes(data)
    with pytest.raises(UsageError) as caught:
        read_toml(path)
    assert says in str(caught.value)
    assert caught.value.hint


def test_missing_file_is_named(tmp_path: Path) -> None:
    """The error says which file cannot be read."""
    with pytest.raises(UsageError, match=r"nowhere\.toml cannot be read"):
        read_toml(tmp_path / "nowhere.toml")
