"""The report folder: valid, whole, and readable by others."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import msgspec
import pytest

from nologout.errors import UsageError
from nologout.model.history import (
    ClockMoved,
    Exchange,
    FaultEffect,
    Look,
    PageEvent,
    ServerSaid,
    ServerSession,
    StepBegan,
)
from nologout.model.result import Result, Run
from nologout.report import write_report
from nologout.report.schema import printed, schema

ROOT = Path(__file__).parents[2]
EVENTS = (
    StepBegan(seq=1, at=0.1, index=0, text="SignIn(a)"),
    Exchange(
        seq=2, at=0.2, id=1, tab="a", method="POST", path="/t/", role="sign_in", fate="delivered", status=200, shown=200
    ),
    Exchange(seq=3, at=0.3, id=2, tab="a", method="POST", path="/r/", role="refresh", fate="lost", status=200),
    PageEvent(seq=4, at=0.4, tab="a", name="storage_set", detail="<b>key</b>"),
    FaultEffect(seq=5, at=0.5, fault="lost_response", effect="seen"),
    ClockMoved(seq=6, at=0.6, browser_offset=600, server_offset=86_400 * 6 + 3600 * 23),
    Look(seq=7, at=0.7, tab="a", phase="settled", looks="signed_in", probe="served", then="signed_in"),
    ServerSaid(seq=8, at=0.8, sessions=(ServerSession("12345678", alive=True),)),
)
RESULT = Result(
    scenario="lost_response",
    group="network",
    client="reference",
    profile="family",
    transport="body",
    variant="",
    verdict="pass",
    history=EVENTS,
)
RUN = Run(
    nologout="0",
    target="reference",
    browser="chromium",
    world="fast",
    clock="page.clock",
    wall_s=1.0,
    results=(RESULT,),
)


def test_published_schema_is_the_current_one() -> None:
    """The schema in docs/ is what the types say today."""
    assert (ROOT / "docs" / "report.schema.json").read_text("utf-8") == printed()


def test_written_report_fits_the_schema(tmp_path: Path) -> None:
    """A report with every kind of event is valid, and reads back as it was."""
    write_report(RUN, tmp_path)
    data = (tmp_path / "report.json").read_bytes()
    jsonschema.validate(json.loads(data), schema())
    assert msgspec.json.decode(data, type=Run) == RUN


def test_schema_refuses_a_made_up_verdict(tmp_path: Path) -> None:
    """The schema is no rubber stamp."""
    write_report(RUN, tmp_path)
    report = json.loads((tmp_path / "report.json").read_bytes())
    report["results"][0]["verdict"] = "probably"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(report, schema())


def test_timeline_escapes_what_a_page_told(tmp_path: Path) -> None:
    """Names that a page chose cannot become markup; spans are in days and hours."""
    write_report(RUN, tmp_path)
    page = (tmp_path / "timeline.html").read_text("utf-8")
    assert "&lt;b&gt;key&lt;/b&gt;" in page
    assert "<b>key" not in page
    assert "+6 d 23 h" in page


def test_report_leaves_no_half_written_file(tmp_path: Path) -> None:
    """Only whole files are left in the folder."""
    write_report(RUN, tmp_path / "new")
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["report.json", "timeline.html"]


def test_folder_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    """The error names the folder."""
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(UsageError, match="cannot be written"):
        write_report(RUN, tmp_path / "file" / "report")
