"""Measures how long fifty tabs wait that find their access token expired together, against the same with a fresh one.

Run as `python e2e/benchmarks/bench_crowd.py`; `--tabs` takes another number. Both are played in turns, in the same
tabs. With a fresh token it is the time from the first request's arrival to the last answer; with an expired one from
the first 401 to the last answer. All times are the fault proxy's, which opens a connection for each request.
"""

from __future__ import annotations

import argparse
import statistics
import sys

from rich.console import Console
from rich.table import Table

from browsers import running_browser
from nologout.stage.server import Server
from nologout.stage.stage import set_stage
from nologout.targets import Reference
from tests.crowd import Crowd, Rush

ROUNDS = 9
FRESH, EXPIRED = "fresh: first request to last answer", "expired: first 401 to last answer"


def fresh(crowd: Crowd) -> float:
    """Return the seconds that the tabs' requests take when each is served at once."""
    seen = crowd.ask()
    if seen.refused or seen.refreshes:
        raise RuntimeError("the token was not fresh, so that something else was measured")
    return _last_answer(seen) - min(e.at for e in seen.asked)


def expired(crowd: Crowd) -> float:
    """Return the seconds from the first refusal until every tab has its list."""
    crowd.expire()
    seen = crowd.ask()
    if not seen.refused or seen.refreshes != 1:
        raise RuntimeError(f"{len(seen.refused)} were refused, and {seen.refreshes} refreshes sent: something else")
    return _last_answer(seen) - min(e.answered for e in seen.refused if e.answered is not None)


def _last_answer(seen: Rush) -> float:
    return max(e.ended for e in seen.served if e.ended is not None)


def measure(tabs: int) -> dict[str, list[float]]:
    """Return the seconds of both ways, round by round; which goes first changes every round."""
    taken: dict[str, list[float]] = {FRESH: [], EXPIRED: []}
    target = Reference("stock")
    with (
        running_browser() as browser,
        Server(target) as server,
        set_stage(target, server, browser.new_context) as stage,
    ):
        crowd = Crowd(stage, tabs)
        for number in range(-1, ROUNDS):
            ways = ((FRESH, fresh), (EXPIRED, expired))
            for name, way in ways if number % 2 else reversed(ways):
                seconds = way(crowd)
                if number >= 0:  # the first round warms both up
                    taken[name].append(seconds)
    return taken


def show(taken: dict[str, list[float]], tabs: int) -> None:
    """Print the medians, and how many times as long the expiry takes."""
    table = Table(f"{tabs} tabs", "median", "fastest", "slowest", title=f"{ROUNDS} rounds, in turns")
    for way, seconds in taken.items():
        values = (statistics.median(seconds), min(seconds), max(seconds))
        table.add_row(way, *(f"{value * 1000:.0f} ms" for value in values))
    Console().print(table)
    print(f"ratio {statistics.median(taken[EXPIRED]) / statistics.median(taken[FRESH]):.2f}")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tabs", type=int, default=50, help="default: 50")
    tabs = parser.parse_args().tabs
    show(measure(tabs), tabs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
