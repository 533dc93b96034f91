"""Installs a browser: Playwright's own download, or the system's package."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nologout.stage.browser.engine import Engine

NO_DOWNLOAD = "NOLOGOUT_NO_DOWNLOAD"
_APT = ("apt-get", "install", "--yes", "--no-install-recommends")
_BEFORE = {"apt-get": (("apt-get", "update"),)}
_INSTALL = {
    "apt-get": _APT,
    "dnf": ("dnf", "install", "--assumeyes"),
    "pacman": ("pacman", "-Sy", "--noconfirm"),
    "brew": ("brew", "install", "--cask"),
}
# Debian has the release with long support alone.
_NAMES = {("apt-get", "firefox"): "firefox-esr"}
# The engine without a window plays in half the time; not every release has it.
_EXTRA = {("apt-get", "chromium"): (*_APT, "chromium-headless-shell")}


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


def download(engine: Engine) -> Way | None:
    """Return Playwright's own download, or None when it is switched off by NOLOGOUT_NO_DOWNLOAD."""
    if os.environ.get(NO_DOWNLOAD):
        return None
    command = (sys.executable, "-m", "playwright", "install", "--with-deps", engine.name)
    return Way("Playwright's download", (command,), needs_root=False)


def system_package(engine: Engine) -> Way | None:
    """Return the package manager's way, or None when no known one is here."""
    manager = next((name for name in _INSTALL if shutil.which(name)), None)
    if manager is None:
        return None
    package = _NAMES.get((manager, engine.name), engine.name)
    commands = (*_BEFORE.get(manager, ()), (*_INSTALL[manager], package))
    extra = _EXTRA.get((manager, engine.name), ())
    return Way(f"{manager}'s package", commands, needs_root=manager != "brew", extra=extra)


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
