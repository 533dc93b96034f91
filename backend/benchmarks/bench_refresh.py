"""Measures refreshes a second of `family` against SimpleJWT's own rotation, over HTTP, on SQLite and PostgreSQL.

Run as `PYTHONPATH=backend python backend/benchmarks/bench_refresh.py`. Two gunicorn servers (2 workers, 8 threads)
are asked in turns by eight clients with a session each, so that whatever else the machine does meets both. Ends
with 1 when `family` is not as many times as fast as it should be.
"""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.own_postgres import own_postgres
from tests.running_server import RunningServer, exchange, migrate, running_server

CLIENTS, REFRESHES, ROUNDS = 8, 40, 9
PROFILES = ("stock", "family")
LEAST = {"sqlite": 2.0, "postgres": 1.3}


@dataclass
class Contender:
    """A server, its clients' newest tokens, and the refreshes a second of each round."""

    server: RunningServer
    tokens: list[str]
    rates: list[float] = field(default_factory=list)

    def play(self) -> float:
        """Let every client refresh; return the refreshes a second."""
        began = time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as clients:
            self.tokens = list(clients.map(self._refresh, self.tokens))
        return CLIENTS * REFRESHES / (time.perf_counter() - began)

    def _refresh(self, token: str) -> str:
        # A connection for all, as browsers and proxies have: opening one costs both servers the same.
        with closing(self.server.connect()) as connection:
            for _ in range(REFRESHES):
                before, token = token, rotated(connection, token)
                if token == before:
                    raise RuntimeError("nothing was rotated, so that something else was measured")
        return token


def rotated(connection: HTTPConnection, token: str) -> str:
    """Return the refresh token that this one is answered with."""
    content = json.dumps({"refresh": token}).encode()
    reply = exchange(connection, "POST", "/api/token/refresh/", {"Content-Type": "application/json"}, content)
    successor: str = reply.body["refresh"]
    return successor


@contextmanager
def database_url(kind: str) -> Iterator[dict[str, str]]:
    """Start the database, if it is one that must be started; yield the environment that names it."""
    if kind == "sqlite":
        yield {}
        return
    with own_postgres() as postgres:
        yield {"DATABASE_URL": postgres.get_uri()}


def measure(kind: str) -> dict[str, list[float]]:
    """Return each profile's refreshes a second, round by round; which goes first changes every round."""
    with ExitStack() as stack:
        contenders = {profile: stack.enter_context(contender(kind, profile)) for profile in PROFILES}
        for number in range(-1, ROUNDS):
            for profile in PROFILES if number % 2 else reversed(PROFILES):
                rate = contenders[profile].play()
                if number >= 0:  # the first round warms both up
                    contenders[profile].rates.append(rate)
        return {profile: contender.rates for profile, contender in contenders.items()}


@contextmanager
def contender(kind: str, profile: str) -> Iterator[Contender]:
    """Serve a profile, and sign its clients in."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, database_url(kind) as environment:
        state = Path(folder)
        migrate(state, profile, **environment)
        more = {**environment, "DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
        with running_server(state, profile, workers=2, **more) as server:
            yield Contender(server, [server.sign_in()[1]["refresh"] for _ in range(CLIENTS)])


def show(results: dict[str, dict[str, list[float]]]) -> bool:
    """Print medians and ratios; tell whether each ratio is as high as it should be."""
    title = f"refreshes a second: {ROUNDS} rounds, in turns"
    table = Table("database", *PROFILES, "ratio", "at least", title=title)
    ratios = {}
    for kind, rates in results.items():
        # Round by round, since both were played next to each other.
        pairs = zip(rates["family"], rates["stock"], strict=True)
        ratios[kind] = statistics.median(family / stock for family, stock in pairs)
        medians = (f"{statistics.median(rates[profile]):.0f}" for profile in PROFILES)
        table.add_row(kind, *medians, f"{ratios[kind]:.2f}", f"{LEAST[kind]:.1f}")
    Console().print(table)
    return all(ratio >= LEAST[kind] for kind, ratio in ratios.items())


def main() -> int:
    """Measure and print; return 1 when a ratio is too low."""
    return 0 if show({kind: measure(kind) for kind in LEAST}) else 1


if __name__ == "__main__":
    sys.exit(main())
