"""The checklist with a report of `nologout prove`: scenarios that passed, failed, or told nothing, and of which app."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from nologout import cli, scenarios
from nologout.diagnose.diagnosis import diagnosed
from nologout.diagnose.observed import Race
from nologout.diagnose.played import ABOUT, played, read_played
from nologout.errors import UsageError
from nologout.model.result import Run
from tests.observations import seen, with_page
from tests.rotating_server import PASSWORD, Habits, rotating_server
from tests.test_model import result

if TYPE_CHECKING:
    from pathlib import Path

    from nologout.diagnose.observed import Observed
    from nologout.model.result import Result

HERE = "http://127.0.0.1:8000"
ONE_REFUSED = Race((200, 401), 1)


def about(item: int) -> list[str]:
    """Return the scenarios that tell of an item."""
    infos = (scenarios.load(name).info for name in scenarios.names())
    return [info.id for info in infos if ABOUT[item](info)]  # type: ignore[index] # a number of the four


def run_of(*results: Result, **more: Any) -> Run:  # noqa: ANN401 - any field of Run
    """Return a run of a foreign app's."""
    known: dict[str, Any] = {
        "nologout": "0",
        "target": "mine.toml",
        "browser": "chromium",
        "world": "fast",
        "clock": "none",
        "wall_s": 1.5,
        "origins": (f"{HERE}/",),
        "began": "2026-11-26T12:00:00Z",
    }
    return Run(**{**known, **more}, results=results)


def all_with(item: int, **changed: dict[str, Any]) -> Run:
    """Return a run in which every scenario of an item passed, but for those that are changed; None: not played."""
    told = {name: {"verdict": "pass", **changed.get(name, {})} for name in about(item)}
    return run_of(*(result(scenario=name, **given) for name, given in told.items() if given["verdict"]))


def item_of(number: int, run: Run, observed: Observed | None = None) -> tuple[str, str]:
    """Return mark and evidence of an item."""
    items = diagnosed(observed or seen(), played(run)).checklist
    return next((each.mark, each.evidence) for each in items if each.number == number)


def test_each_of_the_four_items_has_scenarios() -> None:
    """Chosen by what they say of themselves; some of each are among what one would name first."""
    for item, name in (
        *((1, "parallel_401s"), (2, "refresh_answers_503"), (3, "two_tabs_expire_together")),
        *((3, "tab_closes_mid_refresh"), (4, "storage_evicted")),
    ):
        assert name in about(item)


@pytest.mark.parametrize("item", [1, 2, 3, 4])
@pytest.mark.parametrize(
    ("changed", "mark", "says"),
    [
        ({}, "done", "passed: {0}"),
        ({"verdict": "fail", "cause": "gave_up"}, "not done", "failed: {0} (gave_up)"),
        # Known to fail is to fail.
        ({"verdict": "fail", "expected": "a bug"}, "not done", "failed: {0}"),
        ({"verdict": "unknown"}, "cannot tell", "unknown: {0}"),
        ({"verdict": "skipped"}, "done", "skipped: {0}"),
        ({"verdict": ""}, "cannot tell", "not played: {0}"),
    ],
)
def test_item_is_done_by_scenarios_that_passed(item: int, changed: dict[str, Any], mark: str, says: str) -> None:
    """One that failed is enough; one that told nothing, or was not played, is not done."""
    first = about(item)[0]
    told, evidence = item_of(item, all_with(item, **{first: changed}), seen(races=()))
    assert told == mark
    assert says.format(first) in evidence
    assert "report of mine.toml, 2026-11-26T12:00:00Z" in evidence


def test_what_was_only_skipped_is_not_done() -> None:
    """An app that no scenario can be played on shows nothing."""
    run = run_of(*(result(scenario=name, verdict="skipped") for name in about(4)))
    assert item_of(4, run)[0] == "cannot tell"


def test_worst_cell_of_a_scenario_counts() -> None:
    """A variant that passes does not make up for one that fails."""
    run = all_with(1)
    more = (*run.results, result(scenario="parallel_401s", variant="x", verdict="fail"))
    assert item_of(1, msgspec.structs.replace(run, results=more))[0] == "not done"


@pytest.mark.parametrize(
    ("observed", "run", "mark"),
    [
        (seen(), all_with(3), "done"),
        (seen(), all_with(3, two_tabs_expire_together={"verdict": "fail"}), "not done"),
        (seen(races=(ONE_REFUSED,)), all_with(3), "not done"),
        (seen(), run_of(), "done"),
    ],
)
def test_whoever_shows_that_it_is_not_done_is_right(observed: Observed, run: Run, mark: str) -> None:
    """The API's part and the page's are both needed."""
    assert item_of(3, run, observed)[0] == mark


@pytest.mark.parametrize(
    ("observed", "number", "mark", "says"),
    [
        (with_page(), 1, "cannot tell", "the page does its part: GET /api/me/ was refused (401); POST"),
        (with_page(renews=False), 1, "not done", "page_does_not_renew"),
        (with_page(renews=None), 1, "cannot tell", "the page was not seen to renew a token"),
        (with_page(), 2, "cannot tell", "the page was shown no refresh that fails"),
        (with_page(), 4, "done", "access token in memory; refresh token in HttpOnly cookie refresh"),
        (with_page(reload=False, second_tab=None), 4, "not done", "asked to sign in"),
        (with_page(second_tab=False), 4, "not done", "opened by itself"),
        (with_page(second_tab=None), 4, "cannot tell", "not seen to be signed in after a reload and in a second tab"),
        (with_page(second_tab=False), 3, "not done", "opened by itself"),
        (with_page(second_tab=False), 1, "cannot tell", "the page does its part"),
        (seen(), 4, "cannot tell", "the page is not seen here (--page URL looks"),
    ],
)
def test_page_adds_what_it_showed(observed: Observed, number: int, mark: str, says: str) -> None:
    """Without a page, the checklist says how one could be seen."""
    item = next(each for each in diagnosed(observed).checklist if each.number == number)
    assert item.mark == mark
    assert says in item.evidence


def written(folder: Path, run: Run) -> Path:
    """Write a run as its report."""
    path = folder / "report.json"
    path.write_bytes(msgspec.json.encode(run))
    return path


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is no report of `nologout prove`"),
        ('{"nologout": "black box"}', "is no report of `nologout prove`"),
        (msgspec.json.encode(run_of(schema=2)).decode(), "has schema 2, and this nologout reads 1"),
        (
            msgspec.json.encode(run_of(origins=("http://127.0.0.1:9",))).decode(),
            "is of http://127.0.0.1:9, not of http",
        ),
        (msgspec.json.encode(run_of(origins=())).decode(), "does not say at which address mine.toml was"),
    ],
)
def test_file_that_tells_of_something_else_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, says: str
) -> None:
    """Before anything is asked of the API."""
    (tmp_path / "report.json").write_text(text)
    assert cli.run(["diagnose", HERE, "--report", str(tmp_path / "report.json")]) == 2
    assert says in capsys.readouterr().err


def test_report_of_the_page_s_origin_is_the_app_s(tmp_path: Path) -> None:
    """The API may have another one; ports that go without saying are the same."""
    path = written(tmp_path, run_of(shard="2/4", origins=("https://app.example:443", "http://api.example")))
    assert read_played(path, ["http://other.example", "https://app.example"]).source.endswith("Z, shard 2/4")
    with pytest.raises(UsageError, match="cannot be read"):
        read_played(tmp_path / "none.json", [HERE])


def test_command_reads_a_report_and_goes_through_the_checklist(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without being asked for the checklist; in 80 columns, and as data."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NOLOGOUT_USERNAME", "ann")
    monkeypatch.setenv("NOLOGOUT_PASSWORD", PASSWORD)
    monkeypatch.setattr("nologout.diagnose.wire.BETWEEN_S", 0)
    with rotating_server(Habits(reuse="grant")) as server:
        report = written(tmp_path, msgspec.structs.replace(all_with(2), origins=(server.origin,)))
        common = ["diagnose", server.origin, "--wait", "0", "--report", str(report)]
        assert cli.run(common) == 0
        output = capsys.readouterr().out
        assert cli.run([*common, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["checklist"][1]
    assert "2. Add error handling for failed refreshes: done" in output
    assert max(map(len, output.splitlines())) <= 80
    assert told["mark"] == "done"
    assert "report of mine.toml" in told["evidence"]
