"""A replay from elsewhere over HTTP, on each database: behind a proxy, the line of the real server's log says so."""

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.running_server import RunningServer, migrate, running_server

pytestmark = pytest.mark.server

FIREFOX, CHROMIUM = "Mozilla/5.0 Gecko/20100101 Firefox/140.0", "Mozilla/5.0 Chrome/140.0.0.0"
HOME, ELSEWHERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture(params=["sqlite", "postgres"])
def where(request: pytest.FixtureRequest) -> dict[str, str]:
    """Name the database to the server."""
    return {"DATABASE_URL": request.getfixturevalue("postgres_url")} if request.param == "postgres" else {}


@contextmanager
def behind_a_proxy(state: Path, where: dict[str, str]) -> Iterator[RunningServer]:
    """Serve with two workers, which believe one proxy's X-Forwarded-For."""
    migrate(state, "family", **where)
    with running_server(state, "family", workers=2, TRUSTED_PROXIES="1", **where) as server:
        yield server


def refresh(server: RunningServer, token: str, agent: str, address: str, client_time: str = "") -> str:
    """Present a token through the proxy; return the one it is answered with."""
    headers = {
        "Content-Type": "application/json",
        "User-Agent": agent,
        "X-Forwarded-For": f"10.9.9.9, {address}",
        **({"X-Client-Time": client_time} if client_time else {}),
    }
    reply = server.send("POST", "/api/token/refresh/", headers, json.dumps({"refresh": token}).encode())
    assert reply.status == 200, reply.body
    successor: str = reply.body["refresh"]
    return successor


def attempts(state: Path) -> list[tuple[str, str, list[str]]]:
    """Return outcome, skew and what changed, of each attempt in the server's log."""
    [log] = state.glob("server-*.log")
    found = re.findall(r"refresh outcome=(\w+).*? latency_ms=\S+(?: skew_s=(\S+))?(.*)", log.read_text())
    return [(outcome, skew, changed.split()) for outcome, skew, changed in found]


def test_replay_from_elsewhere_is_in_the_log(tmp_path: Path, where: dict[str, str]) -> None:
    """From the same client it is not, and neither client is named."""
    with behind_a_proxy(tmp_path, where) as server:
        _, pair = server.sign_in()
        successors = {
            refresh(server, pair["refresh"], FIREFOX, HOME),
            refresh(server, pair["refresh"], FIREFOX, HOME),
            refresh(server, pair["refresh"], CHROMIUM, HOME),
            refresh(server, pair["refresh"], FIREFOX, ELSEWHERE),
        }
    assert len(successors) == 1
    agent, address = "agent_changed=True", "address_changed=True"
    changed = [(outcome, words) for outcome, _, words in attempts(tmp_path)]
    assert changed == [("rotated", []), *(("replay_concurrent", words) for words in ([], [agent], [address]))]
    [log] = tmp_path.glob("server-*.log")
    assert not [name for name in (FIREFOX, CHROMIUM) if name in log.read_text()]


def test_clock_of_the_client_is_in_the_log(tmp_path: Path) -> None:
    """As far as it is off, and not where it is nonsense."""
    with behind_a_proxy(tmp_path, {}) as server:
        _, pair = server.sign_in()
        for client_time in (f"{time.time() - 120:.3f}", "nan", ""):
            refresh(server, pair["refresh"], FIREFOX, HOME, client_time)
    skews = [skew for _, skew, _ in attempts(tmp_path)]
    assert skews[1:] == ["", ""]
    assert 120 <= float(skews[0]) < 150
