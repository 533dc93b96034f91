"""Every scenario says what it is, and somebody is known to fail it."""

import ast
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from nologout import scenarios
from nologout.judge.checkers import OPTIONAL
from nologout.model.scenario_info import Capability, Group, Invariant
from nologout.runner import Cell
from nologout.stage.browser.engine import CHROMIUM, FIREFOX
from nologout.steps.script import AnyStep
from nologout.targets import PROFILES, Reference
from nologout.targets.reference import OURS, expectations, folder

FOLDER = Path(scenarios.__file__).parent
NAMES = scenarios.names()
LISTS = expectations()
BROKEN = {name: entry for name, entry in LISTS.items() if name != OURS}


def cells(name: str) -> set[str]:
    """Return what a scenario's cells are called in the lists: by itself, and by variant."""
    variants = scenarios.load(name).variants
    return {name, *(f"{name}[{variant}]" for variant in variants if variant)}


def imported(path: Path) -> set[str]:
    """Return the names of all modules that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def test_every_file_of_the_folder_is_a_scenario() -> None:
    """A file's stem is its scenario's name, and no file is passed over."""
    assert sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__") == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_scenario_says_what_it_is(name: str) -> None:
    """Its name is its file's stem; one sentence tells what happens; a link tells where it was seen."""
    info = scenarios.load(name).info
    sentence = ast.get_docstring(ast.parse((FOLDER / f"{name}.py").read_text("utf-8"))) or ""
    assert info.id == name
    assert info.summary == sentence
    assert sentence[:1].isupper()
    assert sentence.endswith(".")
    assert info.links
    assert all(link.startswith("https://") for link in info.links)


@pytest.mark.parametrize("name", NAMES)
def test_scenario_uses_known_words(name: str) -> None:
    """Group, cause, needs and invariants are those that the rest of the harness knows."""
    info = scenarios.load(name).info
    assert info.group in get_args(Group)
    assert info.guide_cause in range(6)
    assert set(info.needs) <= set(get_args(Capability))
    assert set(info.also) <= set(get_args(Invariant))


@pytest.mark.parametrize("name", NAMES)
def test_no_variant_is_empty(name: str) -> None:
    """Each variant has steps; one that stands alone has no name."""
    variants = scenarios.load(name).variants
    assert variants
    assert all(variants.values())
    assert len(variants) == 1 or "" not in variants


@pytest.mark.parametrize("name", [name for name in NAMES if scenarios.load(name).info.ends])
def test_session_that_must_end_is_ended_by_a_step(name: str) -> None:
    """Before that step it must live, in every tab: a scenario without one would show no end."""
    assert all(any(step.ends for step in steps) for steps in scenarios.load(name).variants.values())


@pytest.mark.parametrize("name", NAMES)
def test_scenario_is_metadata_and_steps_alone(name: str) -> None:
    """A scenario imports the vocabulary, and no browser."""
    allowed = {"nologout.steps", "nologout.model.scenario_info"}
    assert imported(FOLDER / f"{name}.py") <= allowed


@pytest.mark.parametrize("name", NAMES)
def test_somebody_is_known_to_fail_the_scenario(name: str) -> None:
    """A scenario that nobody fails shows nothing."""
    failed = {cell for entry in BROKEN.values() for listed in entry["fails"].values() for cell in listed}
    assert failed & cells(name)


@pytest.mark.parametrize("client", LISTS)
def test_lists_name_only_what_there_is(client: str) -> None:
    """Each name in a client's lists is a profile, and a scenario or one of its variants; each has a reason."""
    there_are = set().union(*map(cells, NAMES))
    assert LISTS[client]["bug"]
    for profile, listed in LISTS[client]["fails"].items():
        assert profile in PROFILES
        assert set(listed) <= there_are
        assert all(listed.values())


def test_every_known_broken_client_is_a_folder_with_a_list() -> None:
    """No list without a client, and no client without a list."""
    home = folder() / "frontend_static" / "known_broken"
    assert {path.name for path in home.iterdir() if path.is_dir()} == set(BROKEN)


@pytest.mark.parametrize("client", BROKEN)
def test_known_broken_client_replaces_files_that_there_are(client: str) -> None:
    """A file that replaces nothing would leave the client whole."""
    home = folder() / "frontend_static"
    files = list((home / "known_broken" / client).rglob("*.js"))
    assert files
    for path in files:
        assert (home / "session" / path.relative_to(home / "known_broken" / client)).is_file()


def test_step_that_needs_what_a_browser_lacks_skips_the_cell_by_name() -> None:
    """Firefox takes no order about an origin's quota; what Chromium lacks nobody may need."""
    cell = Cell(scenarios.load("storage_quota_exceeded"), "", Reference("family"))
    assert not cell.missing()
    assert replace(cell, engine=FIREFOX).missing() == "needs storage_quota: not in Firefox"
    assert {step.needs for step in get_args(AnyStep)} - {""} == CHROMIUM.capabilities


def test_checkers_have_the_names_that_scenarios_use() -> None:
    """An invariant that a scenario names is one that the judge can check."""
    assert set(OPTIONAL) == set(get_args(Invariant))
