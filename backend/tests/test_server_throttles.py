"""Throttles: guessing is slowed down, and fifty tabs that wake together, or lose their session together, are not."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from rest_framework.throttling import SimpleRateThrottle

from tests.people import make_user, post, refresh, sign_in
from tests.released import released_together
from tests.running_server import Reply, RunningServer, migrate, running_server

pytestmark = pytest.mark.server
GUESSES = 10


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """Serve with the rates of production, in one worker, where nothing is counted twice."""
    state = tmp_path_factory.mktemp("throttled")
    migrate(state, "family")
    with running_server(state, "family", DJANGO_SETTINGS_MODULE="tests.throttled_settings") as running:
        yield running


def test_storm_of_fifty_tabs_is_never_refused(server: RunningServer) -> None:
    """Three browsers behind one address, one after another, each with fifty tabs."""
    for _ in range(3):
        _, pair = server.sign_in()
        replies = released_together([lambda pair=pair: server.refresh(pair["refresh"])] * 50)  # type: ignore[misc]
        assert [reply.status for reply in replies] == [200] * 50


def test_report_of_fifty_tabs_is_never_refused(server: RunningServer) -> None:
    """Each of three browsers loses its session in fifty tabs at once."""

    def report() -> Reply:
        content = b'{"reason": "reuse_detected"}'
        return server.send("POST", "/api/forced-logouts/", {"Content-Type": "text/plain"}, content)

    for _ in range(3):
        assert [reply.status for reply in released_together([report] * 50)] == [204] * 50


def test_guesses_at_one_account_are_slowed_down(server: RunningServer) -> None:
    """The eleventh in a minute is told to wait, also with the right password; another account is not concerned."""
    victim, other = (server.ask("POST", "/lab/users/").body for _ in range(2))
    guess = {**victim, "password": "guess"}
    assert [server.ask("POST", "/api/token/", guess).status for _ in range(GUESSES)] == [401] * GUESSES
    refused = server.ask("POST", "/api/token/", victim)
    assert (refused.status, int(refused.headers["retry-after"]) > 0) == (429, True)
    assert server.ask("POST", "/api/token/", other).status == 200


@pytest.fixture
def three_a_minute(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Allow three a minute of everything, and forget what was counted before and meanwhile."""
    cache.clear()
    scopes = ("sign_in", "sign_ins", "refresh", "reports")
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", dict.fromkeys(scopes, "3/min"))
    yield
    cache.clear()


@pytest.mark.usefixtures("database", "three_a_minute")
def test_refresh_beyond_the_rate_is_told_to_wait_and_ends_nothing() -> None:
    """429 with Retry-After; the token holds when the wait is over."""
    token = sign_in()
    assert [refresh(token).status for _ in range(3)] == [200] * 3
    refused = refresh(token)
    assert (refused.status, "retry-after" in refused.headers) == (429, True)
    cache.clear()
    assert refresh(token).status == 200


@pytest.mark.usefixtures("database", "three_a_minute")
def test_sign_ins_of_one_address_are_limited_over_all_accounts() -> None:
    """Trying one password on many accounts is guessing too."""
    answers = [post("/api/token/", {"username": make_user().username, "password": "secret"}) for _ in range(4)]
    assert [answer.status for answer in answers] == [200, 200, 200, 429]


@pytest.mark.usefixtures("database", "three_a_minute")
@pytest.mark.parametrize("body", [{"username": ["a"]}, {"username": {"a": 1}}, {"username": "\ud800"}, {}])
def test_odd_sign_in_is_counted_and_refused(body: dict[str, object]) -> None:
    """The throttle reads what a client sent, and stumbles over nothing."""
    assert post("/api/token/", body).status == 400


@pytest.mark.usefixtures("three_a_minute")
def test_report_beyond_the_rate_is_told_to_wait() -> None:
    """429 with Retry-After, before its body is looked at."""
    answers = [Client().post("/api/forced-logouts/", "{", content_type="text/plain") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [400, 400, 400, 429]
    assert "Retry-After" in answers[-1].headers


@pytest.mark.usefixtures("three_a_minute")
@pytest.mark.parametrize(
    ("proxies", "forwarded", "statuses"),
    [
        (0, "203.0.113.{}", [204, 204, 204, 429]),
        (1, "203.0.113.{}", [204, 204, 204, 204]),
        (1, "203.0.113.{}, 192.0.2.1", [204, 204, 204, 429]),
        # Past one of two proxies, where all of the header is the client's own.
        (2, "203.0.113.{}", [204, 204, 204, 429]),
    ],
)
def test_throttle_takes_a_client_for_who_the_log_says_it_is(
    settings: LazySettings, proxies: int, forwarded: str, statuses: list[int]
) -> None:
    """Nobody becomes another address by writing one into a header that no proxy has added to."""
    settings.MONITORING = {"TRUSTED_PROXIES": proxies}
    clients = [Client(headers={"X-Forwarded-For": forwarded.format(last)}) for last in range(4)]
    answers = [c.post("/api/forced-logouts/", '{"reason": "expired"}', content_type="text/plain") for c in clients]
    assert [answer.status_code for answer in answers] == statuses
