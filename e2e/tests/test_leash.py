"""A command on a leash ends when whoever holds the leash does, however that one ends."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import nologout
from tests.processes import ended, living_group

ROOT = str(Path(nologout.__file__).parents[1])
LEASH = [sys.executable, "-m", "nologout.stage.leash"]
# A command that has a child, says both process ids, and waits to be ended.
PARENT_AND_CHILD = """
import os, signal, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
print(os.getpid(), child.pid, flush=True)
signal.pause()
"""
STUBBORN = PARENT_AND_CHILD.replace("import os, signal", "import os, signal; signal.signal(15, signal.SIG_IGN)", 1)
# A harness that holds the leash, says the leash's process id, and waits to be killed.
HOLDER = """
import signal, subprocess, sys
leash = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, start_new_session=True)
print(leash.pid, flush=True)
signal.pause()
"""
ENVIRONMENT = {**os.environ, "PYTHONPATH": ROOT}
Started = subprocess.Popen[str]


def start(command: list[str], *, leads: bool = False) -> Started:
    """Start a command with pipes to it and from it; `leads`: it leads a session of its own."""
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=ENVIRONMENT, start_new_session=leads)


@pytest.fixture
def leashed(request: pytest.FixtureRequest) -> Iterator[tuple[Started, list[int]]]:
    """Give a leash that leads a group, and the process ids of its command and the command's child."""
    code = getattr(request, "param", PARENT_AND_CHILD)
    with start([*LEASH, sys.executable, "-c", code], leads=True) as leash:
        assert leash.stdout is not None
        yield leash, [int(pid) for pid in leash.stdout.readline().split()]
        if leash.poll() is None:
            os.killpg(leash.pid, signal.SIGKILL)


def test_closed_pipe_ends_the_command_and_its_children(leashed: tuple[Started, list[int]]) -> None:
    """Letting go of the leash is enough; nothing of the group is left."""
    leash, pids = leashed
    assert leash.stdin is not None
    leash.stdin.close()
    assert ended(leash.pid, *pids)
    assert living_group(leash.pid) == []


@pytest.mark.parametrize("leashed", [STUBBORN], indirect=True)
def test_command_that_will_not_end_is_killed(
    leashed: tuple[Started, list[int]],
) -> None:
    """One that ignores the polite signal has five seconds."""
    leash, pids = leashed
    assert leash.stdin is not None
    leash.stdin.close()
    assert ended(leash.pid, *pids)


def test_killed_holder_takes_the_command_with_it() -> None:
    """Even a harness that is killed outright leaves no server behind."""
    with start([sys.executable, "-c", HOLDER, *LEASH, sys.executable, "-c", PARENT_AND_CHILD]) as holder:
        assert holder.stdout is not None
        said = f"{holder.stdout.readline()} {holder.stdout.readline()}"
        pids = [int(word) for word in said.split()]
        assert len(pids) == 3
        holder.kill()
        assert ended(*pids)


def test_interrupt_at_the_terminal_is_left_to_the_holder(leashed: tuple[Started, list[int]]) -> None:
    """Ctrl-C reaches the leash too, and does not end it."""
    leash, pids = leashed
    os.kill(leash.pid, signal.SIGINT)
    assert leash.stdin is not None
    assert leash.poll() is None
    leash.stdin.close()
    assert ended(leash.pid, *pids)


def test_exit_code_of_the_command_is_the_leashs() -> None:
    """A command that ends by itself is told as it ended."""
    with start([*LEASH, sys.executable, "-c", "raise SystemExit(7)"]) as leash:
        assert leash.wait(15) == 7
