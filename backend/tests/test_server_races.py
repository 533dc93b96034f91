"""Many refreshes at the same moment, over HTTP, on two workers with eight threads: each database, atomic or not."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import jwt
import pytest
from django.conf import settings

from tests.people import claims
from tests.released import released_together
from tests.running_server import Reply, RunningServer

pytestmark = pytest.mark.server
HOUR_S = 3600
FULL_ROUNDS = 30

SERVERS = [f"{database}{atomic}" for database in ("sqlite", "postgres") for atomic in ("", "_atomic")]
TABS = [2, 5, 20, 50]
ROUNDS = [pytest.param(3, id="3_rounds"), pytest.param(FULL_ROUNDS, id="30_rounds", marks=pytest.mark.soak)]


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest, racing_server_of: Callable[[str], RunningServer]) -> Iterator[RunningServer]:
    """Serve `family` on one of the databases, with each view in a transaction or not."""
    running = racing_server_of(request.param)
    yield running
    running.move_clock(0)


def issued_by_simplejwt(of_user: dict[str, object]) -> str:
    """Return a refresh token as it is without the app, signed with the lab's key."""
    kept = {name: of_user[name] for name in ("user_id", "exp", "iat", "hash_password")}
    return jwt.encode({**kept, "token_type": "refresh", "jti": secrets.token_hex(16)}, settings.SECRET_KEY, "HS256")


@contextmanager
def later(server: RunningServer, seconds: float) -> Iterator[None]:
    """Let time pass on the server while the block runs."""
    server.move_clock(seconds)
    yield
    server.move_clock(0)


@pytest.mark.parametrize("tabs", TABS)
@pytest.mark.parametrize("rounds", ROUNDS)
def test_racing_refreshes_all_get_the_one_successor(server: RunningServer, tabs: int, rounds: int) -> None:
    """Everybody is answered 200 with the same token, and the family moves one generation a round."""
    username, pair = server.sign_in()
    token = pair["refresh"]
    for played in range(1, rounds + 1):
        replies = released_together([lambda token=token: server.refresh(token)] * tabs)  # type: ignore[misc]
        assert [reply.status for reply in replies] == [200] * tabs
        [token] = {reply.body["refresh"] for reply in replies}
        assert server.sessions(username)[0]["generation"] == played
        server.move_clock(played * HOUR_S)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_racing_refreshes_adopt_a_session_of_before_once(server: RunningServer, rounds: int) -> None:
    """All tabs present a token that SimpleJWT issued: one family is made, and everybody gets its first token."""
    username, pair = server.sign_in()
    for played in range(1, rounds + 1):
        token = issued_by_simplejwt(claims(pair["refresh"]))
        replies = released_together([lambda token=token: server.refresh(token)] * 8)  # type: ignore[misc]
        assert [reply.status for reply in replies] == [200] * 8
        assert len({reply.body["refresh"] for reply in replies}) == 1
        held = server.sessions(username)
        assert (len(held), held[-1]["generation"]) == (played + 1, 1)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_sign_out_racing_with_refreshes_ends_the_session(server: RunningServer, rounds: int) -> None:
    """Whoever comes first, the session is over, and nobody is met with a server error."""
    for _ in range(rounds):
        username, pair = server.sign_in()
        asks: list[Callable[[], Reply]] = [lambda pair=pair: server.refresh(pair["refresh"])] * 8  # type: ignore[misc]
        asks[4] = lambda pair=pair: server.ask("POST", "/api/token/blacklist/", {"refresh": pair["refresh"]})  # type: ignore[misc]
        replies = released_together(asks)
        assert replies[4].status == 200
        assert {reply.status for reply in replies} <= {200, 401}
        assert server.sessions(username)[0]["reason"] == "logged_out"
        newest = [reply.body["refresh"] for reply in replies if "refresh" in reply.body]
        assert {server.refresh(token).body["reason"] for token in [pair["refresh"], *newest]} == {"logged_out"}


@pytest.mark.parametrize("seconds", [5, 120, 8 * HOUR_S])
def test_lost_reply_is_answered_again(server: RunningServer, seconds: float) -> None:
    """The client asks once more with the token that it still has, and goes on from the answer."""
    _, pair = server.sign_in()
    lost = server.refresh(pair["refresh"]).body["refresh"]
    with later(server, seconds):
        assert server.refresh(pair["refresh"]).body["refresh"] == lost
        assert server.refresh(lost).status == 200


def test_token_two_generations_old_ends_the_session_for_thief_and_victim(server: RunningServer) -> None:
    """The refusal is an error, and what it wrote is committed all the same."""
    username, pair = server.sign_in()
    second = server.refresh(pair["refresh"]).body["refresh"]
    with later(server, HOUR_S):
        newest = server.refresh(second).body["refresh"]
        assert server.refresh(pair["refresh"]).body["reason"] == "reuse_detected"
        assert {server.refresh(token).body["reason"] for token in (second, newest)} == {"revoked_reuse"}
    assert server.sessions(username)[0]["alive"] is False


def test_thief_in_lockstep_is_caught_at_the_fourth_dirty_generation(server: RunningServer) -> None:
    """Half an hour after each of the owner's refreshes the thief presents what the owner presented."""
    _, pair = server.sign_in()
    token, answered = pair["refresh"], []
    for generation in range(4):
        server.move_clock(generation * HOUR_S)
        newest = server.refresh(token).body["refresh"]
        server.move_clock(generation * HOUR_S + HOUR_S / 2)
        answered.append(server.refresh(token).status)
        token = newest
    assert answered == [200, 200, 200, 401]
    assert server.refresh(token).body["reason"] == "revoked_reuse"
