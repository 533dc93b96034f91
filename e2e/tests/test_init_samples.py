"""The file that `nologout init` writes for a sample app, untouched, brings the verdicts that the app's truth names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nologout import scenarios
from nologout.diagnose.detect import conclude, propose
from nologout.diagnose.detect.browse.explore import Explorer
from nologout.gate import GATE
from nologout.runner import Cell
from nologout.targets import SAMPLES, sample
from nologout.targets.foreign import ForeignTarget
from nologout.targets.samples.described import Sample, described
from nologout.targets.samples.notes_server import PASSWORD, USER
from nologout.targets.target import Credentials
from tests.test_samples import with_free_ports

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from nologout.model.result import Result
    from nologout.plugin.fixtures import ServerPool

ACCOUNT = {"INIT_USERNAME": USER, "INIT_PASSWORD": PASSWORD}
WITHIN_S = 60
AT_LEAST = 6
# The samples about which the file is wrong, each with its reason.
WRONG_ABOUT = dict[str, str]()
# It fails all that a file of init's can express, so that no cell of its tells a pass.
FAILS_ALL = {"vite_strict"}
# One that the app passes and one that it fails, both soon over; `make soak` plays all of the gate.
TELLING = {
    "cookie_xhr": ("reload_with_expired_access", "lost_response"),
    "dj_rest_auth": ("offline_at_refresh", "lost_response"),
    "four_minute_timer": ("reload_with_expired_access", "parallel_401s"),
    "memory_cookie": ("reload_with_expired_access", "lost_response"),
    "refresh_loop": ("parallel_401s", "two_tabs_expire_together[winner_first]"),
    "session_storage": ("offline_at_refresh", "two_tabs_expire_together[loser_first]"),
    "two_origins": ("parallel_401s", "lost_response"),
    "wrong_prefix": ("client_clock_70_minutes_fast", "captive_portal_at_refresh[html_511]"),
}


def of_the_gate() -> Iterator[str]:
    """Yield the gate's cells (`scenario`, `scenario[variant]`)."""
    for name in GATE:
        for variant in scenarios.load(name).variants:
            yield f"{name}[{variant}]" if variant else name


def expected(name: str, cell: str) -> tuple[str, ...] | None:
    """Return verdict, cause and side by the truth, as far as it names them; None where it says nothing of a cell."""
    scenario, _, variant = cell.rstrip("]").partition("[")
    if name not in described():
        known = sample(name).expected_failures()
        return ("fail",) if {cell, scenario} & {*known} else ("pass",)
    truth = Sample(name).truth
    if {*scenarios.load(scenario).info.needs} & {*truth.lacks} or {cell, scenario} & {*truth.untold}:
        return None
    fails = truth.of(scenario, variant)
    return ("fail", fails.cause, fails.side) if fails else ("pass",)


@pytest.fixture
def by_init(
    tmp_path: Path, browser: Browser, server_pool: ServerPool, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], ForeignTarget]:
    """Return a function that gives a sample as the file describes it that init writes."""
    for variable, value in ACCOUNT.items():
        monkeypatch.setenv(variable, value)

    def found_out(name: str) -> ForeignTarget:
        folder = tmp_path / name
        folder.mkdir()
        app = Sample(name, with_free_ports(name, folder)) if name in described() else sample(name)
        base_url = server_pool.running(app).base_url
        seen = Explorer(browser, base_url, frozenset(), WITHIN_S).explore("/", Credentials(USER, PASSWORD))
        file = folder / "init.toml"
        file.write_text(propose(conclude(seen), ("INIT_USERNAME", "INIT_PASSWORD")).text, "utf-8")
        return ForeignTarget(str(file))

    return found_out


def amiss(name: str, cells: Iterable[str], target: ForeignTarget, play: Callable[[Cell], Result]) -> list[str]:
    """Return what is not as the truth says, a line a cell.

    What the file cannot express may be skipped by name, but not what tells most; unknown is not right.
    """
    found = []
    for cell in cells:
        truth = expected(name, cell)
        scenario, _, variant = cell.rstrip("]").partition("[")
        result = play(Cell(scenarios.load(scenario), variant, target)) if truth else None
        if truth is None or result is None or (result.verdict == "skipped" and cell not in TELLING[name]):
            continue
        if (result.verdict, result.cause, result.side)[: len(truth)] != truth:
            found.append(f"{name} {cell}: {' '.join(truth)}, not {result.verdict} {result.cause} {result.why}")
    return found


def test_each_sample_is_asked_for_a_pass_and_a_failure() -> None:
    """Else a judge that always says the same would be right."""
    assert {*TELLING} == {*SAMPLES} - FAILS_ALL
    assert len(TELLING) == 8
    for name, telling in TELLING.items():
        assert [(expected(name, cell) or ("nothing",))[0] for cell in telling] == ["pass", "fail"], name


def test_file_of_init_is_right_about_at_least_six_of_eight_samples() -> None:
    """The others are known by name, each with a reason; the test below plays both kinds."""
    assert {*WRONG_ABOUT} <= {*TELLING}
    assert all(WRONG_ABOUT.values())
    assert len(TELLING) - len(WRONG_ABOUT) >= AT_LEAST


@pytest.mark.browser
@pytest.mark.parametrize("name", TELLING)
@pytest.mark.parametrize("asked", ["telling", pytest.param("gate", marks=pytest.mark.soak)])
def test_file_of_init_is_wrong_about_those_alone_that_are_known(
    asked: str, name: str, by_init: Callable[[str], ForeignTarget], play_cell: Callable[[Cell], Result]
) -> None:
    """Verdict, cause and side of each cell are the truth; of a sample that the file is wrong about, one is not."""
    cells = TELLING[name] if asked == "telling" else tuple(dict.fromkeys((*TELLING[name], *of_the_gate())))
    wrong = amiss(name, cells, by_init(name), play_cell)
    assert bool(wrong) == (name in WRONG_ABOUT), "\n".join(wrong) or "right in every cell: no longer to be excused"
