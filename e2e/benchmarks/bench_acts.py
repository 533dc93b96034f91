"""Measures what the harness adds to the acts of a two-tab scenario, against the same acts in plain Playwright.

Run as `python e2e/benchmarks/bench_acts.py`. Both play on one browser and one server, in turns, so that whatever
else the machine does meets both. The oracle is left out. Ends with 1 when the harness takes over twice as long.
"""

import contextlib
import statistics
import sys
import time
from collections.abc import Callable, Iterator

from playwright.sync_api import Browser
from rich.console import Console
from rich.table import Table

from browsers import running_browser
from demo_app import DemoApp
from nologout import scenarios
from nologout.stage.server import Server
from nologout.stage.stage import set_stage
from nologout.targets import Reference
from test_multiple_tabs import open_two_tabs, use_both_when_expired

ROUNDS = 9
MOST = 2.0
STEPS = scenarios.load("two_tabs_expire_together").variants["winner_first"]
Acts = Callable[[Server, Browser], None]


def in_the_harness(server: Server, browser: Browser) -> None:
    """Play the scenario's steps on a stage of their own."""
    with set_stage(server.target, server, browser.new_context) as stage:
        for step in STEPS:
            step.perform(stage)
        if not all(fault.effect(stage.tape.history()) for fault in stage.faults):
            raise RuntimeError("a fault had no effect, so that something else was measured")


def in_plain_playwright(server: Server, browser: Browser) -> None:
    """Do what the test in plain Playwright does."""
    server.target.move_clock(server.base_url, 0)
    user = server.target.new_user(server.base_url)
    app = DemoApp(server.base_url, user.username, user.password)
    with contextlib.closing(browser.new_context()) as context:
        use_both_when_expired(context, app, *open_two_tabs(context, app))


def measure(server: Server, browser: Browser) -> dict[Acts, list[float]]:
    """Return the seconds that each way took, round by round; which goes first changes every round."""
    ways: tuple[Acts, Acts] = (in_plain_playwright, in_the_harness)
    taken: dict[Acts, list[float]] = {way: [] for way in ways}
    for number in range(-1, ROUNDS):
        for way in ways if number % 2 else reversed(ways):
            began = time.perf_counter()
            way(server, browser)
            if number >= 0:  # the first round warms both up
                taken[way].append(time.perf_counter() - began)
    return taken


@contextlib.contextmanager
def playing_field() -> Iterator[tuple[Server, Browser]]:
    """Start a server and a browser."""
    with Server(Reference("family")) as server, running_browser() as browser:
        yield server, browser


def show(taken: dict[Acts, list[float]]) -> float:
    """Print the medians; return how many times as long the harness takes, by the medians of both."""
    table = Table("acts of two tabs", "median", "fastest", "slowest", title=f"{ROUNDS} rounds, in turns")
    for way, seconds in taken.items():
        values = (statistics.median(seconds), min(seconds), max(seconds))
        table.add_row(way.__name__.replace("_", " "), *(f"{value * 1000:.0f} ms" for value in values))
    ratio = statistics.median(taken[in_the_harness]) / statistics.median(taken[in_plain_playwright])
    Console().print(table)
    print(f"ratio {ratio:.2f}, at most {MOST:.1f}: {'good' if ratio <= MOST else 'TOO SLOW'}")
    return ratio


def main() -> int:
    """Measure and print; return 1 when the harness is too slow."""
    with playing_field() as (server, browser):
        return int(show(measure(server, browser)) > MOST)


if __name__ == "__main__":
    sys.exit(main())
