"""The cookie in a real browser: what other sites can do with it, which is nothing, and what the page can."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.running_server import RunningServer, migrate, running_server

pytestmark = [pytest.mark.browser, pytest.mark.server]

# Sends JSON as the page would; the credentials' cookies come along by themselves.
ASK = """async ([path, body, headers]) => {
    const options = {method: 'POST', headers: {'Content-Type': 'application/json', ...headers}};
    const response = await fetch(path, {...options, body: JSON.stringify(body)});
    return [response.status, await response.json()];
}"""
FORM = """([action, fields]) => {
    const form = document.createElement('form');
    Object.assign(form, {method: 'POST', action});
    for (const [name, value] of Object.entries(fields)) {
        form.append(Object.assign(document.createElement('input'), {name, value}));
    }
    document.body.append(form);
    form.submit();
}"""


class EmptyPage(BaseHTTPRequestHandler):
    """Answers an empty page, and leaves no word of it."""

    def do_GET(self) -> None:
        """Answer."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>another site</title>")

    def log_message(self, *_: object) -> None:
        """Keep silent."""


@pytest.fixture(scope="module")
def other_port() -> Iterator[int]:
    """Serve somebody else's page on another port of this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), EmptyPage) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str, str], RunningServer]]:
    """Serve the profile `cookie`; which SameSite, and which origins are trusted, is said."""
    with ExitStack() as stack:

        @cache
        def started(samesite: str, trusted: str) -> RunningServer:
            state = tmp_path_factory.mktemp("cookies")
            migrate(state, "cookie")
            served = running_server(
                state,
                "cookie",
                DJANGO_SETTINGS_MODULE="tests.cookie_settings",
                COOKIE_SAMESITE=samesite,
                TRUSTED=trusted,
            )
            return stack.enter_context(served)

        yield started


class OwnPage:
    """A tab of the server's own page."""

    def __init__(self, server: RunningServer, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.page.goto(f"http://127.0.0.1:{server.port}/config.js")
        self.sid = ""

    def ask(self, path: str, body: object = None, sid: str | None = None) -> tuple[int, Any]:
        """Send JSON from the page, about its session unless another is named; return status and body."""
        named = self.sid if sid is None else sid
        status, answer = self.page.evaluate(ASK, [path, body or {}, {"X-Session-Id": named} if named else {}])
        return status, answer

    def sign_in(self, server: RunningServer) -> None:
        """Begin a session of a fresh user."""
        _, answer = self.ask("/api/token/", server.ask("POST", "/lab/users/").body)
        self.sid = answer["sid"]


@contextmanager
def signed_in(server: RunningServer, browser: Browser) -> Iterator[tuple[OwnPage, BrowserContext]]:
    """Open a browser in which a session has begun."""
    with browser.new_context() as context:
        page = OwnPage(server, context)
        page.sign_in(server)
        yield page, context


def refresh_cookies(context: BrowserContext) -> dict[str, str]:
    """Return the cookies that the browser holds, by name."""
    return {cookie["name"]: cookie["value"] for cookie in context.cookies()}


def submit_from(origin: str, context: BrowserContext, action: str, fields: dict[str, str]) -> None:
    """Open another site's page, have it submit a form to the server, and wait for what is answered."""
    page = context.new_page()
    page.goto(origin)
    with page.expect_response(action):
        page.evaluate(FORM, [action, fields])


def test_page_finds_the_cookie_as_it_expects(serve: Callable[..., RunningServer], browser: Browser) -> None:
    """Over http on this machine the Secure cookie is kept, rotated, out of reach, and gone with the session."""
    server = serve("Strict", "")
    with signed_in(server, browser) as (page, context):
        first = refresh_cookies(context)
        server.move_clock(3600)
        assert page.ask("/api/token/refresh/")[0] == 200
        rotated = refresh_cookies(context)
        assert list(first) == list(rotated) == [f"refresh_{page.sid}"]
        assert first != rotated
        assert page.page.evaluate("document.cookie") == ""
        assert page.ask("/api/token/refresh/", sid="0" * 32)[1]["reason"] == "other_session"
        assert refresh_cookies(context) == rotated
        assert page.ask("/api/token/blacklist/")[0] == 200
        assert refresh_cookies(context) == {}
        assert page.ask("/api/token/refresh/")[1]["reason"] == "missing"
    server.move_clock(0)


class Attack(NamedTuple):
    """From where, against which protections, and whether the session lives through it."""

    host: str
    samesite: str
    is_trusted: bool
    lives: bool


ATTACKS = {
    "another port: the origin is refused": Attack("127.0.0.1", "Strict", is_trusted=False, lives=True),
    "another port: its cookie would have come along": Attack("127.0.0.1", "Strict", is_trusted=True, lives=False),
    "another site: its cookie stays behind": Attack("localhost", "Strict", is_trusted=True, lives=True),
    "another site, with the cookie: the origin is refused": Attack("localhost", "None", is_trusted=False, lives=True),
    "another site, with the cookie: nothing protects": Attack("localhost", "None", is_trusted=True, lives=False),
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_another_site_cannot_sign_anybody_out(
    serve: Callable[..., RunningServer], browser: Browser, other_port: int, attack: Attack
) -> None:
    """Each protection holds alone; where neither is, the same form does its harm, so that the test could fail."""
    origin = f"http://{attack.host}:{other_port}"
    server = serve(attack.samesite, origin if attack.is_trusted else "")
    with signed_in(server, browser) as (page, context):
        before = refresh_cookies(context)
        submit_from(origin, context, f"http://127.0.0.1:{server.port}/api/token/blacklist/", {})
        assert (refresh_cookies(context) == before) is attack.lives
        assert (page.ask("/api/token/refresh/")[0] == 200) is attack.lives


@pytest.mark.parametrize("is_trusted", [False, True], ids=["refused", "nothing protects"])
def test_another_site_cannot_sign_anybody_in(
    serve: Callable[..., RunningServer], browser: Browser, other_port: int, *, is_trusted: bool
) -> None:
    """A victim would go on as the thief, and save a card number there; SameSite does not prevent that."""
    origin = f"http://localhost:{other_port}"
    server = serve("Strict", origin if is_trusted else "")
    with signed_in(server, browser) as (page, context):
        thief = server.ask("POST", "/lab/users/").body
        submit_from(origin, context, f"http://127.0.0.1:{server.port}/api/token/", thief)
        # A page that knows no session goes on with the newest.
        status, answer = page.ask("/api/token/refresh/", sid="")
        assert (status, answer["sid"] == page.sid) == (200, not is_trusted)
        # One that knows its session does not, whatever came to pass.
        assert page.ask("/api/token/refresh/")[1].get("sid") == page.sid
