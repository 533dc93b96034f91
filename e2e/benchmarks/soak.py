"""Plays what must never differ, hundreds of times, half of them with every core busy; stops at a difference.

Two tabs that expire together send exactly one refresh to a `stock` server; a lost response on a `family`
server never logs anybody out.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from typing import TYPE_CHECKING

from browsers import running_browser
from cores import busy_cores
from nologout import scenarios
from nologout.model.history import History
from nologout.runner import Cell, play
from nologout.stage.server import Server
from nologout.targets import Reference

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from nologout.model.result import Result

CELLS = (
    ("two_tabs_expire_together", "winner_first", "stock"),
    ("two_tabs_expire_together", "loser_first", "stock"),
    ("lost_response", "", "family"),
)


def main() -> int:
    """Return 0 when nothing ever differed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="how often each cell is played (default: 200)")
    rounds = parser.parse_args().rounds
    with contextlib.ExitStack() as stack:
        browser = stack.enter_context(running_browser())
        for name, variant, profile in CELLS:
            cell = Cell(scenarios.load(name), variant, Reference(profile))
            server = stack.enter_context(Server(cell.target))
            wrong = _repeat(cell, server, browser, rounds)
            if wrong:
                print(f"\n{name} {variant} on {profile}: {wrong}")
                return 1
    return 0


def _repeat(cell: Cell, server: Server, browser: Browser, rounds: int) -> str:
    """Play a cell over and over; return the first difference, or nothing."""
    label = f"{cell.scenario.info.id} {cell.variant} on {cell.target.profile}"
    for busy in (False, True):
        with busy_cores() if busy else contextlib.nullcontext():
            for number in range(1, rounds // 2 + 1):
                wrong = _difference(play(cell, lambda: server, browser.new_context))
                if wrong:
                    return f"round {number}{' (cores busy)' if busy else ''}: {wrong}"
                print(f"\r{label}{' (cores busy)' if busy else ''}: {number}", end="", flush=True)
        print(f"\r{label}: {rounds // 2} of {rounds // 2}{', both cores busy' if busy else ''}          ")
    return ""


def _difference(result: Result) -> str:
    if result.verdict != "pass":
        return f"{result.verdict}: {result.why}"
    sent = [e for e in History(result.history).refreshes if e.status is not None]
    if result.scenario == "two_tabs_expire_together" and len(sent) != 1:
        return f"{len(sent)} refreshes reached the server, not one"
    return ""


if __name__ == "__main__":
    sys.exit(main())
