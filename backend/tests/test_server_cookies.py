"""The cookie transport over HTTP, on two workers with eight threads."""

import json
from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie

import pytest

from tests.people import claims
from tests.released import released_together
from tests.running_server import Reply, RunningServer, migrate, running_server

pytestmark = pytest.mark.server
HOUR_S, ROUNDS, TABS = 3600, 3, 20


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """Serve the profile `cookie` with ATOMIC_REQUESTS, which is the harder way."""
    state = tmp_path_factory.mktemp("cookies")
    more = {"DATABASE_URL": request.getfixturevalue("postgres_url")} if request.param == "postgres" else {}
    migrate(state, "cookie", **more)
    atomic = {**more, "DJANGO_SETTINGS_MODULE": "tests.atomic_settings"}
    with running_server(state, "cookie", workers=2, **atomic) as running:
        yield running


def ask(server: RunningServer, path: str, cookie: str, body: object = None) -> Reply:
    """Send JSON and a cookie."""
    headers: dict[str, str | bytes] = {"Content-Type": "application/json", "Cookie": cookie}
    return server.send("POST", path, headers, json.dumps(body or {}).encode())


def cookie_of(reply: Reply) -> str:
    """Return the one cookie that a reply sets, as a browser sends it."""
    [morsel] = SimpleCookie(reply.headers["set-cookie"]).values()
    return f"{morsel.key}={morsel.value}"


def refresher(server: RunningServer, cookie: str) -> Callable[[], Reply]:
    """Return a tab that refreshes with a cookie when it is released."""
    return lambda: ask(server, "/api/token/refresh/", cookie)


def test_racing_tabs_are_all_given_the_same_cookie(server: RunningServer) -> None:
    """Whichever reply comes last, the browser holds the newest token."""
    cookie = cookie_of(ask(server, "/api/token/", "", server.ask("POST", "/lab/users/").body))
    for played in range(1, ROUNDS + 1):
        replies = released_together([refresher(server, cookie)] * TABS)
        assert [reply.status for reply in replies] == [200] * TABS
        [cookie] = {cookie_of(reply) for reply in replies}
        assert claims(cookie.partition("=")[2])["gen"] == played
        server.move_clock(played * HOUR_S)
    server.move_clock(0)


def test_sign_out_amid_refreshes_signs_out(server: RunningServer) -> None:
    """A refresh that was faster may have set the cookie anew; it is of no more use, and refused without a cookie."""
    cookie = cookie_of(ask(server, "/api/token/", "", server.ask("POST", "/lab/users/").body))
    tabs = [refresher(server, cookie)] * 8
    *replies, signed_out = released_together([*tabs, lambda: ask(server, "/api/token/blacklist/", cookie)])
    assert signed_out.status == 200
    assert {reply.status for reply in replies} <= {200, 401}
    held = {cookie, *(cookie_of(reply) for reply in replies if reply.status == 200)}
    for later in (ask(server, "/api/token/refresh/", cookie) for cookie in held):
        assert (later.status, later.body["reason"], "set-cookie" in later.headers) == (401, "logged_out", False)
