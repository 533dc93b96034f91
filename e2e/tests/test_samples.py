"""The sample apps are judged by their files alone, and verdict and cause are what their truth says, by hand."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nologout import scenarios
from nologout.judge.causes import CAUSES
from nologout.runner import Cell
from nologout.targets import target_of
from nologout.targets.samples.described import Sample, described, folder_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nologout.model.result import Result

# What tells each from the others; `make soak` plays the rest.
TELLING = {
    "memory_cookie": {"two_tabs_expire_together[winner_first]", "reload_with_expired_access"},
    "session_storage": {"offline_in_one_tab", "cold_start_deep_link"},
    "two_origins": {"lost_response", "sign_out_reaches_every_tab"},
    "four_minute_timer": {"parallel_401s", "reload_mid_refresh[after_server_acts]"},
    "wrong_prefix": {"reload_with_expired_access", "client_clock_70_minutes_fast"},
    "dj_rest_auth": {"lost_response", "sign_out_reaches_every_tab"},
    "refresh_loop": {"refresh_answers_503[json]", "request_lost"},
    "vite_strict": {
        "reload_with_expired_access",
        "parallel_401s",
        "tab_opens_mid_refresh[winner_first]",
        "lost_response",
        "sign_out_reaches_every_tab",
    },
}


def cells() -> Iterator[Any]:
    """Yield every cell of every sample, as its names."""
    for name in described():
        for scenario in scenarios.names():
            for variant in scenarios.load(scenario).variants:
                cell = f"{scenario}{variant and f'[{variant}]'}"
                marks = () if cell in TELLING[name] else pytest.mark.soak
                yield pytest.param(name, scenario, variant, id=f"{name}-{cell}", marks=marks)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Sample]:
    """Return a function that gives a sample as it is, but for its ports, which nobody else uses."""
    made: dict[str, Sample] = {}

    def moved(name: str) -> Sample:
        if name not in made:
            made[name] = Sample(name, with_free_ports(name, tmp_path_factory.mktemp(name)))
        return made[name]

    return moved


def with_free_ports(name: str, folder: Path) -> Path:
    """Write a sample's file anew, with free ports in the place of its own."""
    text = (folder_of(name) / "nologout.toml").read_text("utf-8")
    free = {port: free_port() for port in re.findall(r"127\.0\.0\.1:(\d+)", text)}
    path = folder / "nologout.toml"
    path.write_text(re.sub(r"\b\d{4}\b", lambda found: free.get(found[0], found[0]), text), "utf-8")
    return path


def free_port() -> str:
    """Return a port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return str(found.getsockname()[1])


@pytest.mark.parametrize("name", described())
def test_truth_names_only_what_there_is(name: str) -> None:
    """Each cell is a scenario or one of its variants, and stands there once; each cause is one of the judge's."""
    truth = Sample(name).truth
    there_are = set(scenarios.names()) | {c.id.partition("-")[2] for c in cells()}
    named = [cell for each in truth.fails for cell in each.cells]
    assert {*named, *truth.untold, *TELLING[name]} <= there_are
    assert len(named) == len({*named})
    causes = {cause.__name__ for cause in CAUSES} | {"reused_refresh_token"}
    assert {each.cause for each in truth.fails} <= causes


@pytest.mark.parametrize("name", described())
def test_name_is_enough(name: str) -> None:
    """What it fails is expected of it; its command is run by this Python, whatever its file calls it."""
    found = target_of(name)
    assert isinstance(found, Sample)
    assert (found.name, found.processes) == (name, 1)
    assert set(found.expected_failures()) == {cell for each in found.truth.fails for cell in each.cells}
    assert found.launch(Path("state")).command[0] == sys.executable


def test_sample_without_its_npm_packages_says_what_to_do(tmp_path: Path) -> None:
    """Its server ends at once, with a sentence."""
    command = (sys.executable, "-m", "nologout.targets.samples.vite_strict.server", free_port())
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (
        1,
        "this sample needs Node, and Vite and React: run `npm ci` in a checkout\n",
    )


@pytest.mark.browser
@pytest.mark.parametrize(("name", "scenario", "variant"), list(cells()))
def test_verdict_and_cause_are_the_truth(
    name: str, scenario: str, variant: str, sample: Callable[[str], Sample], play_cell: Callable[[Cell], Result]
) -> None:
    """What it fails is named with its cause and side, what it cannot be asked is skipped, and it passes the rest."""
    target = sample(name)
    cell = Cell(scenarios.load(scenario), variant, target)
    lacks = [need for need in cell.scenario.info.needs if need in target.truth.lacks]
    fails = target.truth.of(scenario, variant)
    untold = {scenario, f"{scenario}[{variant}]"} & {*target.truth.untold}
    expected = "skipped" if lacks else "unknown" if untold else "fail" if fails else "pass"
    result = play_cell(cell)
    assert (result.verdict, result.why) == (expected, result.why)
    if expected == "fail" and fails:
        assert (result.cause, result.side) == (fails.cause, fails.side), result.evidence
