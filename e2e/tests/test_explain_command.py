"""`nologout explain` says what happened, exits as it says, and bears whatever a file holds."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nologout import cli
from nologout.diagnose.forensics import read_box
from nologout.diagnose.forensics.schema import printed, schema
from nologout.errors import UsageError
from tests.boxes import SIGN_IN_MS, ends, event, export, refused, rotated, signs_in, silent, unwritten

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyX2lkIjoxfQ.dBjftJeZ4CVPmB92K27uhbUJU1p1r_wW1g"
LOST = export(signs_in(), silent(3540), refused(3543))
JSON = st.recursive(st.none() | st.text() | st.floats(), st.lists)
WRONG: dict[str, tuple[Any, str]] = {
    "no JSON": (b"\xff\x00", "is no export"),
    "cut off": (json.dumps(LOST).encode()[:200], "is no export"),
    "a bare list": (LOST["events"], "is a bare list"),
    "nothing": (b"", "is no export"),
    "another thing": ({"schema": 1, "results": []}, "`nologout`"),
    "another frame": ({**LOST, "nologout": "report"}, "$.nologout"),
    "another version": ({**LOST, "version": 2}, "$.version"),
    "no events": ({"nologout": "black-box", "version": 1}, "`events`"),
    "another strategy": ({**LOST, "strategy": "magic"}, "$.strategy"),
    "an unknown event": (export([event(0, "exploded")]), "$.events[0].type"),
    "a missing field": (export(signs_in(), [event(0, "attempt")]), "`generation` - at `$.events[1]`"),
    "a wrong type": (export([event(0, "attempt", generation="1")]), "$.events[0].generation"),
    "no moment": (export([{**event(0, "unwritten"), "at": "soon"}]), "$.events[0].at"),
    "a moment beyond all calendars": (export([{**event(0, "unwritten"), "at": 1e300}]), "$.events[0].at"),
    "a negative generation": (export([event(0, "attempt", generation=-1)]), "$.events[0].generation"),
    "a tab that is a text": (export(unwritten(0, "Tab One")), "$.events[0].tab"),
    "a reason that is a sentence": (export(ends(0, reason="It ended.")), "$.events[0].reason"),
    "a reason with a line after it": (export(ends(0, reason="expired\n")), "$.events[0].reason"),
    "a token for a reason": (export(ends(0, reason=JWT)), "$.events[0].reason"),
    "an escape sequence for a type": (export([event(0, "\x1b]0;owned\x07")]), "$.events[0].type"),
    "a token for a type": (export([event(0, JWT)]), "$.events[0].type"),
    "too many events": (export(unwritten(0) * 2_001), "$.events"),
    "too many bytes": (b" " * 1_000_001, "more than 1,000,000 bytes"),
    "too deep": (b'{"more":' + b"[" * 200_000, "nested deeper"),
}


@pytest.fixture
def explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[Any], tuple[int, str, str]]:
    """Return a function that has a file explained on 80 columns, and returns exit code, output and errors."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)

    def explain(content: Any) -> tuple[int, str, str]:  # noqa: ANN401 - any content of a file
        Path("box.json").write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        code = cli.run(["explain", "box.json"])
        return code, *capsys.readouterr()

    return explain


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (LOST, 1, ("The session was lost, and should not have been", "no_grace_for_lost_reply", "change    server")),
        (export(signs_in(), rotated(3540)), 0, ("Nobody is logged out: the session lives.",)),
        (export(signs_in(), ends(9)), 0, ("The session ended rightly: its user signed out.",)),
        (export(signs_in(), refused(9, reason="password_changed")), 0, ("rightly: the password had been changed.",)),
        (export(signs_in(), refused(9)), 3, ("It cannot be told:", "look")),
        (export(), 3, ("It cannot be told:",)),
    ],
    ids=["lost", "lives", "signed out", "password changed", "refused", "empty"],
)
def test_verdict_is_said_and_is_the_exit_code(
    explained: Callable[[Any], tuple[int, str, str]],
    content: Any,  # noqa: ANN401 - plain data
    code: int,
    says: tuple[str, ...],
) -> None:
    """The output fits 80 columns, has no colours when piped, and errors stay silent."""
    exited, output, errors = explained(content)
    assert (exited, errors) == (code, "")
    assert all(words in output for words in says), output
    assert max(map(len, output.splitlines())) <= 80
    assert "\x1b" not in output


def test_timeline_tells_when_which_tab_did_what(explained: Callable[[Any], tuple[int, str, str]]) -> None:
    """A row for each thing, with its moment and its tab."""
    _, output, _ = explained(LOST)
    assert "6 events of 1 tab" in output
    assert "  2025-11-26 05:05:40  a  #2 presents generation 1: no answer" in output


@pytest.mark.parametrize("what", WRONG)
def test_file_that_is_no_export_is_wrong_use(explained: Callable[[Any], tuple[int, str, str]], what: str) -> None:
    """The error says which file, what is wrong and where; nothing foreign reaches the terminal as it stands."""
    content, says = WRONG[what]
    code, output, errors = explained(content)
    assert (code, output) == (2, "")
    assert "box.json" in errors
    assert says in errors
    assert "hint: the session inspector downloads one" in errors
    assert not [letter for letter in errors if not letter.isprintable() and letter != "\n"]
    assert JWT[:12] not in errors
    assert len(errors) < 800


def test_field_that_is_not_known_is_left_unread(explained: Callable[[Any], tuple[int, str, str]]) -> None:
    """A token that strays into an event is never shown."""
    stray = {**LOST, "note": JWT, "events": [{**one, "access": JWT, "deep": {"er": [JWT]}} for one in LOST["events"]]}
    code, output, errors = explained(stray)
    assert (code, errors) == (1, "")
    assert JWT[:12] not in output
    assert output == explained(LOST)[1]


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`-` stands for it, in errors too."""
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(json.dumps(LOST).encode())))
    assert cli.run(["explain", "-"]) == 1
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"{")))
    capsys.readouterr()
    assert cli.run(["explain", "-"]) == 2
    assert "standard input is no export" in capsys.readouterr().err


@pytest.mark.parametrize("file", ["missing.json", "."])
def test_file_that_cannot_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], file: str
) -> None:
    """No traceback; the system's word says why."""
    monkeypatch.chdir(tmp_path)
    assert cli.run(["explain", file]) == 2
    assert f"{file} cannot be read: " in capsys.readouterr().err


@given(
    st.binary(max_size=200)
    | st.recursive(st.none() | st.text() | st.floats(), st.lists).map(json.dumps).map(str.encode)
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Nothing but a `UsageError` comes of what is no export."""
    with pytest.raises(UsageError):
        read_box(data, "made up")


def test_published_schema_is_the_current_one() -> None:
    """The schema in docs/ is what the types say today."""
    assert (ROOT / "docs" / "black-box.schema.json").read_text("utf-8") == printed()


def test_export_fits_the_published_schema() -> None:
    """What the page makes is valid, and what it never makes is not."""
    jsonschema.validate(LOST, schema())
    jsonschema.validate(export(signs_in(), unwritten(1), state={"status": "signed-in", "reason": None}), schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**LOST, "events": [{"type": "attempt", "at": SIGN_IN_MS, "tab": "a"}]}, schema())
