"""Eight refreshes of one token at the same moment, over HTTP, on each database."""

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import jwt
import pytest
from django.conf import settings

from tests.people import claims
from tests.running_server import Reply, RunningServer

RACERS = 8
ROUNDS = 3


def released_together(ask: Callable[[], Reply]) -> list[Reply]:
    """Ask from eight threads that start at once."""
    start = Barrier(RACERS)

    def race(_: int) -> Reply:
        start.wait()
        return ask()

    with ThreadPoolExecutor(RACERS) as threads:
        return list(threads.map(race, range(RACERS)))


def issued_by_simplejwt(names: dict[str, object]) -> str:
    """Return a refresh token as it is without the app, signed with the lab's key."""
    stock = {**names, "token_type": "refresh", "jti": secrets.token_hex(16)}
    return jwt.encode(stock, settings.SECRET_KEY, "HS256")


@pytest.mark.parametrize("server_name", ["family_server", "family_postgres_server"])
def test_racing_refreshes_all_get_the_one_successor(request: pytest.FixtureRequest, server_name: str) -> None:
    """Everybody is answered 200 with the same token, and the family moves one generation a round."""
    server: RunningServer = request.getfixturevalue(server_name)
    username, pair = server.sign_in()
    token = pair["refresh"]
    try:
        for played in range(1, ROUNDS + 1):
            replies = released_together(lambda token=token: server.refresh(token))  # type: ignore[misc]
            assert [reply.status for reply in replies] == [200] * RACERS
            [token] = {reply.body["refresh"] for reply in replies}
            assert server.sessions(username)[0]["generation"] == played
            server.move_clock(played * 3600)
    finally:
        server.move_clock(0)


@pytest.mark.parametrize("server_name", ["family_server", "family_postgres_server"])
def test_racing_refreshes_adopt_a_session_of_before_once(request: pytest.FixtureRequest, server_name: str) -> None:
    """All tabs present a token that SimpleJWT issued: one family is made, and everybody gets its first token."""
    server: RunningServer = request.getfixturevalue(server_name)
    username, pair = server.sign_in()
    of_user = claims(pair["refresh"])
    for _ in range(ROUNDS):
        token = issued_by_simplejwt({name: of_user[name] for name in ("user_id", "exp", "iat", "hash_password")})
        before = len(server.sessions(username))
        replies = released_together(lambda token=token: server.refresh(token))  # type: ignore[misc]
        assert [reply.status for reply in replies] == [200] * RACERS
        assert len({reply.body["refresh"] for reply in replies}) == 1
        assert [session["generation"] for session in server.sessions(username)[before:]] == [1]


@pytest.mark.parametrize("server_name", ["family_server", "family_postgres_server"])
def test_sign_out_racing_with_refreshes_ends_the_session(request: pytest.FixtureRequest, server_name: str) -> None:
    """Whoever comes first, the session is over, and nobody is met with a server error."""
    server: RunningServer = request.getfixturevalue(server_name)
    username, pair = server.sign_in()
    turns = iter(range(RACERS))

    def refresh_or_sign_out() -> Reply:
        if next(turns) == RACERS // 2:
            return server.ask("POST", "/api/token/blacklist/", {"refresh": pair["refresh"]})
        return server.refresh(pair["refresh"])

    assert {reply.status for reply in released_together(refresh_or_sign_out)} <= {200, 401}
    assert server.sessions(username)[0]["reason"] == "logged_out"
    assert server.refresh(pair["refresh"]).body["reason"] == "logged_out"
