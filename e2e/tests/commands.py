"""Runs the `nologout` command as a user does: in a folder of its own, as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_PATIENCE_S = 120


@dataclass(frozen=True)
class Command:
    """Starts the command in `folder`."""

    folder: Path

    def start(self, *arguments: str, **extra: str) -> subprocess.Popen[str]:
        """Return the running command, its output as text."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "DJANGO_"))}
        return subprocess.Popen(
            [sys.executable, "-m", "nologout", *arguments],
            cwd=self.folder,
            env={**environment, "COLUMNS": "80", **extra},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str, **extra: str) -> tuple[int, str, str]:
        """Return the ended command's exit code, output and errors."""
        process = self.start(*arguments, **extra)
        output, errors = process.communicate(timeout=_PATIENCE_S)
        return process.returncode, output, errors


def group_of(pgid: int) -> list[int]:
    """Return the processes of a process group, by /proc (or ps where there is none)."""
    listed = subprocess.run(["ps", "-eo", "pid=,pgid=,stat="], capture_output=True, text=True, check=True).stdout
    rows = (line.split() for line in listed.splitlines())
    return [int(pid) for pid, group, state in rows if int(group) == pgid and not state.startswith("Z")]


def descendants(root: int) -> set[int]:
    """Return every process that descends from `root`, which may be in groups and sessions of their own."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    children: dict[int, list[int]] = {}
    for line in listed.splitlines():
        pid, parent = map(int, line.split())
        children.setdefault(parent, []).append(pid)
    found, queue = set[int](), [root]
    while queue:
        fresh = children.get(queue.pop(), [])
        found.update(fresh)
        queue.extend(fresh)
    return found
