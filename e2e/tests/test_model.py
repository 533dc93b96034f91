"""Histories, results and runs keep their meaning through JSON."""

import json
from pathlib import Path

import jsonschema
import msgspec
import pytest
from hypothesis import given

from nologout.model.history import ClockMoved, History, StepBegan
from nologout.model.result import Result, Run
from nologout.report import write_report
from tests.any_history import HISTORIES
from tests.histories import barred, effect, ended, exchange, fine, history, refresh, said, sign_in, told

ALL_KINDS = history(
    StepBegan(index=0, text="SignIn(a)"),
    sign_in(1, carries="U1"),
    exchange(2, status=401, access_used="A1", reason="token_not_valid"),
    refresh(3, issued="R2", fate="lost"),
    refresh(4, issued="R3", fate="cut_short"),
    barred(5, status=429, wait_s=3.0),
    told("idb_put", "session"),
    effect(),
    ClockMoved(browser_offset=60, server_offset=0.5),
    ended(words="Signed out."),
    *fine(),
    said("alive", "dead"),
)
# What readers of `report.json` rely on, by heart.
FIELDS = {
    *("scenario", "group", "client", "profile", "transport", "variant", "verdict", "expected", "outcome", "cause"),
    *("side", "remedy", "seconds", "history"),
}


def result(**given: object) -> Result:
    """Return a result of the cell lost_response[stock]."""
    cell = {"scenario": "lost_response", "group": "network", "client": "reference", "profile": "stock"}
    return msgspec.convert({**cell, "transport": "body", "variant": "", "verdict": "pass", **given}, Result)


def run(*results: Result) -> Run:
    """Return a run that ended with these results."""
    return Run(
        nologout="0", target="reference", browser="chromium", world="fast", clock="none", wall_s=1.5, results=results
    )


def test_history_survives_json() -> None:
    """Every kind of event comes back as what it was."""
    assert msgspec.json.decode(msgspec.json.encode(ALL_KINDS), type=History) == ALL_KINDS


@given(HISTORIES)
def test_any_history_survives_json(any_history: History) -> None:
    """A history crosses from one process to another unchanged."""
    assert msgspec.json.decode(msgspec.json.encode(any_history), type=History) == any_history


def test_run_survives_its_report(tmp_path: Path) -> None:
    """What `report.json` holds is the run, and nothing half written lies beside it."""
    told_run = run(result(history=msgspec.to_builtins(ALL_KINDS.events)))
    write_report(told_run, tmp_path / "new" / "folder")
    assert msgspec.json.decode((tmp_path / "new/folder/report.json").read_bytes(), type=Run) == told_run
    assert not list((tmp_path / "new/folder").glob(".*"))


def test_report_has_the_fields_that_readers_rely_on() -> None:
    """Names and the version of the schema do not change by accident."""
    plain = msgspec.to_builtins(run(result()))
    about = {"target", "origins", "browser", "world", "clock", "began", "wall_s", "shard"}
    assert set(plain) == {"schema", "nologout", *about, "results"}
    assert plain["schema"] == 1
    assert set(plain["results"][0]) >= FIELDS


def test_report_fits_the_schema_of_its_own_types() -> None:
    """The JSON Schema that the types give is one that a report meets, and a wrong verdict does not."""
    schema = msgspec.json.schema(Run)
    plain = json.loads(msgspec.json.encode(run(result(history=msgspec.to_builtins(ALL_KINDS.events)))))
    jsonschema.validate(plain, schema)
    plain["results"][0]["verdict"] = "perhaps"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain, schema)


@pytest.mark.parametrize(
    ("verdict", "expected", "as_expected"),
    [
        ("pass", "", True),
        ("fail", "", False),
        ("fail", "known", True),
        ("pass", "known", False),
        ("unknown", "", False),
        ("unknown", "known", False),
        ("skipped", "", True),
        ("skipped", "known", True),
    ],
)
def test_expected_failure_that_passes_is_not_as_expected(verdict: str, expected: str, *, as_expected: bool) -> None:
    """Expectations are exact in both directions; an unknown verdict never meets one."""
    assert result(verdict=verdict, expected=expected).as_expected is as_expected


@pytest.mark.parametrize(
    ("variant", "name"), [("", "lost_response[stock]"), ("loser_first", "lost_response[stock-loser_first]")]
)
def test_cell_is_named_by_scenario_profile_and_variant(variant: str, name: str) -> None:
    """The name is the one that pytest shows."""
    assert result(variant=variant).cell == name
