"""The action and the examples for CI: well-formed, with options that there are, and doing what they say."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest
import yaml
from typer.main import get_command

from nologout.cli import app
from nologout.model.policy import FailOn
from nologout.model.shard import Shard

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
ACTION = ROOT / "action.yml"
EXAMPLES = sorted((ROOT / "docs" / "ci").glob("*.yml"))
PROVE = get_command(app).commands["prove"]  # type: ignore[attr-defined] # a group of commands
HOSTS = re.compile(r"pypi|pythonhosted|npmjs|ghcr|docker\.io|quay\.io|https?://", re.IGNORECASE)
# Makes an environment whose pip and nologout tell what they were given, as the real one makes one that works.
PYTHON = """#!/bin/sh
test "$1 $2" = "-m venv" && mkdir -p "$3/bin"
for name in pip nologout; do
  printf '#!/bin/sh\\necho "%s" "$@" >> "$HOME/called"\\n' "$name" > "$3/bin/$name"
  chmod +x "$3/bin/$name"
done
"""
# Writes each word that it is given into a line of its own, and ends as a failed run does.
STUB = '#!/bin/sh\nprintf "%s\\n" "$@" > "$HOME/given"\nexit 1\n'


def loaded(path: Path) -> dict[Any, Any]:
    """Return what a YAML file holds."""
    held: dict[Any, Any] = yaml.safe_load(path.read_text("utf-8"))
    return held


def texts(held: object) -> Iterator[str]:
    """Yield every text in a structure."""
    if isinstance(held, str):
        yield held
    elif isinstance(held, dict):
        for value in held.values():
            yield from texts(value)
    elif isinstance(held, list):
        for value in held:
            yield from texts(value)


def options_of_prove() -> set[str]:
    """Return the options that the command has."""
    return {option for parameter in PROVE.params for option in parameter.opts}


def environment_of(step: dict[str, Any], **inputs: str) -> dict[str, str]:
    """Return the variables that a step of the action's gets from the inputs."""
    given = {}
    for variable, value in step.get("env", {}).items():
        name = re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", value)[1]  # type: ignore[index] # or the test fails
        given[variable] = inputs.get(name.replace("-", "_"), loaded(ACTION)["inputs"][name]["default"])
    return given


def run_step(step: dict[str, Any], environment: dict[str, str]) -> int:
    """Run a step's script as a runner does; return its exit code."""
    words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(words, env=environment, check=False).returncode


def played(folder: Path, **inputs: str) -> tuple[list[str], str]:
    """Run the action's script as GitHub would; return what `nologout` was given, and the step's output."""
    step = next(step for step in loaded(ACTION)["runs"]["steps"] if step.get("id") == "play")
    stub = folder / "nologout"
    stub.write_text(STUB)
    stub.chmod(0o755)
    environment = {"PATH": f"{folder}:/usr/bin:/bin", "HOME": str(folder), "GITHUB_OUTPUT": str(folder / "output")}
    assert run_step(step, {**environment, **environment_of(step, **inputs)}) == 1
    return (folder / "given").read_text().splitlines(), (folder / "output").read_text()


@pytest.mark.parametrize("path", [ACTION, *EXAMPLES], ids=lambda path: path.name)
def test_options_in_it_are_options_of_prove(path: Path) -> None:
    """An option that is renamed cannot stay behind here."""
    used = {word for text in texts(loaded(path)) for word in re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)}
    assert used <= options_of_prove()
    assert used or path.name == "github.yml"


@pytest.mark.parametrize("path", [ACTION, *EXAMPLES], ids=lambda path: path.name)
def test_it_names_no_registry(path: Path) -> None:
    """Where packages come from is for whoever runs it to say."""
    assert not HOSTS.search(path.read_text("utf-8"))


def test_examples_are_one_for_each_ci() -> None:
    """None is lost without notice."""
    assert [path.name for path in EXAMPLES] == ["github.yml", "gitlab.yml"]


def test_commands_of_the_gitlab_example_are_understood() -> None:
    """The command line reads each of them as it will there."""
    jobs = [job for job in loaded(ROOT / "docs/ci/gitlab.yml").values() if "script" in job]
    assert len(jobs) == 2
    for job in jobs:
        (command,) = job["script"]
        last = job.get("parallel")
        words = command.replace('"$CI_NODE_INDEX/$CI_NODE_TOTAL"', f"{last}/{last}").split()
        assert words[:2] == ["nologout", "prove"]
        given = PROVE.make_context("prove", words[2:]).params
        if "parallel" in job:
            assert str(Shard.parse(given["shard"])) == "4/4"


def test_inputs_of_the_github_example_are_the_actions() -> None:
    """Each is one that the action has, with a value that the command takes; the shards are the whole."""
    inputs = loaded(ACTION)["inputs"]
    jobs = loaded(ROOT / "docs/ci/github.yml")["jobs"]
    for job in jobs.values():
        given = next(step["with"] for step in job["steps"] if step["uses"].startswith("OWNER/nologout@"))
        assert set(given) <= set(inputs)
        assert given.get("fail-on", "any") in get_args(FailOn)
        assert PROVE.make_context("prove", given.get("arguments", "").split())
    shards = [Shard.parse(text) for text in jobs["everything"]["strategy"]["matrix"]["shard"]]
    assert shards == [Shard(index, len(shards)) for index in range(1, len(shards) + 1)]


def test_action_plays_the_gate_by_default(tmp_path: Path) -> None:
    """The report's folder has the artefact's name, and the run's exit code is the step's."""
    assert played(tmp_path) == (
        ["prove", "--report", "nologout-report", "--fail-on", "any", "--gate"],
        "report=nologout-report\n",
    )


def test_action_hands_its_inputs_on_and_runs_none_of_them(tmp_path: Path) -> None:
    """Each value is one word; shards have artefacts of their own; what looks like code stays text."""
    inputs = {"gate": "false", "fail_on": "server", "allow_unknown": "true", "baseline": "a b$(touch x).toml"}
    words, output = played(tmp_path, **inputs, shard="2/4", arguments="--profile stock -n 2")
    assert words == [
        *("prove", "--report", "nologout-report-2-of-4", "--fail-on", "server", "--allow-unknown"),
        *("--baseline", "a b$(touch x).toml", "--shard", "2/4", "--profile", "stock", "-n", "2"),
    ]
    assert output == "report=nologout-report-2-of-4\n"
    assert PROVE.make_context("prove", words[1:])


def test_action_takes_arguments_in_lines(tmp_path: Path) -> None:
    """As a block of YAML holds them: none is lost."""
    words, _ = played(tmp_path, arguments="--profile stock\n  -n 2\n")
    assert words[-4:] == ["--profile", "stock", "-n", "2"]


def test_action_installs_itself_and_plays_with_what_it_has_installed(tmp_path: Path) -> None:
    """Its steps in order, each with what the one before has left behind; folders may have a space in their names."""
    folder = tmp_path / "a runner"
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").write_text(PYTHON)
    (folder / "bin" / "python").chmod(0o755)
    path, left = f"{folder / 'bin'}:/usr/bin:/bin", folder / "path"
    for step in (step for step in loaded(ACTION)["runs"]["steps"] if "run" in step):
        environment = {"PATH": path, "HOME": str(folder), "RUNNER_TEMP": str(folder / "temp")}
        files = {"GITHUB_PATH": str(left), "GITHUB_OUTPUT": str(folder / "output"), "GITHUB_ACTION_PATH": "/the action"}
        left.write_text("")
        assert run_step(step, {**environment, **files, **environment_of(step)}) == 0
        path = ":".join([*reversed(left.read_text().splitlines()), path])
    assert (folder / "called").read_text().splitlines() == [
        "pip install -q /the action",
        "nologout setup",
        "nologout prove --report nologout-report --fail-on any --gate",
    ]


def test_action_keeps_the_report_also_when_a_run_fails() -> None:
    """That is when somebody wants to see it."""
    *_, last = loaded(ACTION)["runs"]["steps"]
    assert last["uses"].startswith("actions/upload-artifact@")
    assert last["if"].startswith("${{ !cancelled()")
