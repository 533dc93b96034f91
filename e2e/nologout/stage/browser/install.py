"""Installs a browser: Playwright's own download, or the system's package."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass

NO_DOWNLOAD = "NOLOGOUT_NO_DOWNLOAD"
_DOWNLOAD = ((sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"),)
_APT = (
    ("apt-get", "update"),
    ("apt-get", "install", "--yes", "--no-install-recommends", "chromium"),
)
# The engine without a window plays in half the time; not every release has it.
_APT_EXTRA = ("apt-get", "install", "--yes", "--no-install-recommends", "chromium-headless-shell")
_MANAGERS = {
    "apt-get": _APT,
    "dnf": (("dnf", "install", "--assumeyes", "chromium"),),
    "pacman": (("pacman", "-Sy", "--noconfirm", "chromium"),),
    "brew": (("brew", "install", "--cask", "chromium"),),
}


@dataclass(frozen=True)
class Way:
    """A way to come by a browser: commands, in order, and whether they need a system administrator.

    `extra` is welcome where it works, and no loss where it does not.
    """

    name: str
    commands: tuple[tuple[str, ...], ...]
    needs_root: bool
    extra: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " && ".join(" ".join(command) for command in self.commands)


def download() -> Way | None:
    """Return Playwright's own download, or None when it is switched off by NOLOGOUT_NO_DOWNLOAD."""
    return None if os.environ.get(NO_DOWNLOAD) else Way("Playwright's download", _DOWNLOAD, needs_root=False)


def system_package() -> Way | None:
    """Return the package manager's way, or None when no known one is here."""
    manager = next((name for name in _MANAGERS if shutil.which(name)), None)
    if manager is None:
        return None
    extra = _APT_EXTRA if manager == "apt-get" else ()
    return Way(f"{manager}'s package", _MANAGERS[manager], needs_root=manager != "brew", extra=extra)


def is_root() -> bool:
    """Tell whether system packages can be installed without asking for a password."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def run(way: Way) -> str:
    """Run a way's commands; return the last words of the one that failed, or nothing."""
    sudo = () if is_root() or not way.needs_root else ("sudo",)
    for command in way.commands:
        wrong = _run((*sudo, *command))
        if wrong:
            return wrong
    if way.extra:
        _run((*sudo, *way.extra))
    return ""


def _run(command: tuple[str, ...]) -> str:
    done = subprocess.run(  # noqa: S603 - commands of ours, shown before they run
        command,
        check=False,
        stdin=None if command[0] == "sudo" else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    )
    if not done.returncode:
        return ""
    lines = done.stdout.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else f"{command[0]} ended with {done.returncode}"
