"""The ways to an app that its file describes: signing in, further tabs, acts without a click, TLS, two origins."""

from collections.abc import Callable
from pathlib import Path

import pytest
import trustme
from playwright.sync_api import BrowserContext, Page

from nologout.errors import TargetError, Unwelcome
from nologout.stage.browser.poke import poke
from nologout.stage.stage import set_stage
from nologout.stage.standing import Standing
from nologout.steps import OpenTab, Reload, SignIn, Without
from nologout.targets.app import FollowLink, Navigate
from nologout.targets.foreign import ForeignTarget
from tests.lively_server import ITEMS, PATIENCE_S, lively_server
from tests.moody_app import PASSWORD, USER, moody_app, written

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _account(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the account where the file says."""
    monkeypatch.setenv("MOODY_USER", USER)
    monkeypatch.setenv("MOODY_PASSWORD", PASSWORD)


STEPS = """[sign_in]
steps = [
  { wait = "#door" },
  { fill = "input[autocomplete=username]", value = "{username}" },
  { fill = "input[type=password]", value = "{env:MOODY_PASSWORD}" },
  { click = "#door button" },
]
"""
SCRIPT = """def sign_in(page, account):
    page.locator("input").first.fill(account.username)
    page.locator("input").last.fill(account.password)
    page.get_by_text("In", exact=True).click()
"""


@pytest.mark.parametrize("more", ["", STEPS, "[sign_in]\nscript = 'sso.py'\n", "[sign_in]\nsubmit = ''\n"])
def test_sign_in_by_form_steps_script_and_enter(
    tmp_path: Path, new_context: Callable[..., BrowserContext], more: str
) -> None:
    """Each way the page shows the user as signed in, and the sign-in is known for what it is."""
    (tmp_path / "sso.py").write_text(SCRIPT, "utf-8")
    with moody_app() as app:
        target = ForeignTarget(written(tmp_path, app.origin, more))
        with Standing(target) as standing, set_stage(target, standing, new_context) as stage:
            SignIn("a").perform(stage)
            assert stage.tabs["a"].looks() == "signed_in"
            assert [e.path for e in stage.tape.history().exchanges if e.role == "sign_in"] == ["/auth/in"]


def test_script_that_fails_is_told(tmp_path: Path, new_context: Callable[..., BrowserContext]) -> None:
    """By its name and its error."""
    (tmp_path / "sso.py").write_text("def sign_in(page, account):\n    raise KeyError('code')\n", "utf-8")
    with moody_app() as app:
        target = ForeignTarget(written(tmp_path, app.origin, "[sign_in]\nscript = 'sso.py'\n"))
        failed = r"sso\.py: sign_in\(page, account\) failed: KeyError: 'code'"
        with (
            Standing(target) as standing,
            set_stage(target, standing, new_context) as stage,
            pytest.raises(TargetError, match=failed),
        ):
            SignIn("a").perform(stage)


@pytest.mark.parametrize(("how", "looks"), [("new", "signed_out"), ("window.open", "signed_in")])
def test_tab_opened_by_another_has_its_session(
    tmp_path: Path, new_context: Callable[..., BrowserContext], how: str, looks: str
) -> None:
    """What is in sessionStorage goes along with window.open alone."""
    with moody_app("tab") as app:
        path = Path(written(tmp_path, app.origin))
        path.write_text(f"tabs = {how!r}\n{path.read_text('utf-8')}", "utf-8")
        target = ForeignTarget(str(path))
        with Standing(target) as standing, set_stage(target, standing, new_context) as stage:
            SignIn("a").perform(stage)
            OpenTab("b").perform(stage)
            assert stage.tabs["b"].looks() == looks
            asked = [e.tab for e in stage.tape.history().exchanges if e.document]
            assert asked[-1] == "b"


def test_piece_is_missing_in_a_tab_opened_by_another(
    tmp_path: Path, new_context: Callable[..., BrowserContext]
) -> None:
    """Its pages are seen to be without it, and the empty one before them is no page of the app's."""
    with moody_app("tab") as app:
        path = Path(written(tmp_path, app.origin))
        path.write_text(f'tabs = "window.open"\n{path.read_text("utf-8")}', "utf-8")
        target = ForeignTarget(str(path))
        with Standing(target) as standing, set_stage(target, standing, new_context) as stage:
            Without("web_locks").perform(stage)
            SignIn("a").perform(stage)
            OpenTab("b").perform(stage)
            Reload("b").perform(stage)
            stage.await_effects()
            assert stage.faults[0].effect(stage.tape.history()) == "every page of tab a, tab b is without locks"
            assert not stage.tabs["b"].page.evaluate("'locks' in navigator")


@pytest.mark.parametrize(("act", "ends_at"), [(Navigate("/notes"), "/"), (FollowLink("/notes"), "/notes")])
def test_act_without_a_click_goes_to_a_path(page: Page, act: Navigate | FollowLink, ends_at: str) -> None:
    """Inside the page, where its router hears of it and comes back; or by a link that loads it."""
    with lively_server() as server:
        server.page = b"<!doctype html><script>addEventListener('popstate', () => fetch(location.pathname));</script>"
        page.goto(f"{server.origin}/")
        server.asked.clear()
        with page.expect_response("**/notes"):
            poke(page, act, 1000)
        page.wait_for_url(f"**{ends_at}")
    assert "/notes" in [path for _, path, _ in server.asked]


ASKS = """async (api) => {
  const said = { status: [] };
  said.status.push((await fetch(`${api}/api/items`)).status);
  const named = await fetch(`${api}/api/items`, { headers: { Authorization: "Bearer an-access-token-of-old" } });
  said.status.push(named.status);
  said.items = (await named.text()).length;
  said.event = await new Promise((done) => {
    const source = new EventSource("/events");
    source.onmessage = (message) => { source.close(); done(message.data); };
    source.onerror = () => done("error");
  });
  said.socket = await new Promise((done) => {
    const socket = new WebSocket(`${location.origin.replace("http", "ws")}/socket`);
    socket.onmessage = (message) => { socket.close(); done(message.data); };
    socket.onerror = () => done("error");
  });
  return said;
}"""


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Return a certificate authority that no system knows."""
    return trustme.CA()


def test_page_and_api_on_two_origins_over_tls(
    tmp_path: Path, authority: trustme.CA, new_context: Callable[..., BrowserContext]
) -> None:
    """Requests, an event stream and a WebSocket arrive; the API's preflights are what they are without the harness."""
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    with lively_server(authority) as page, lively_server(authority) as api:
        api.allow_origin = page.origin
        path = written(tmp_path, page.origin)
        keys = f'api = "{api.origin}/api/"\nca_file = "ca.pem"\n'
        Path(path).write_text(keys + Path(path).read_text("utf-8"), "utf-8")
        target = ForeignTarget(path)
        with Standing(target) as standing, set_stage(target, standing, new_context) as stage:
            tab = stage.add_tab("a")
            tab.open()
            said = tab.page.evaluate(ASKS, api.origin)
            stage.wait_until(lambda: len(stage.tape.history().exchanges) >= 4, PATIENCE_S)
            told = [(e.method, e.path, e.role, e.tab) for e in stage.tape.history().exchanges if e.role == "api"]
    assert said == {"status": [200, 200], "items": len(ITEMS), "event": "one", "socket": "hello"}
    assert [(method, "x-nologout-tab" in str(headers)) for method, _, headers in api.asked] == [
        ("GET", False),
        ("OPTIONS", False),
        ("GET", False),
    ]
    assert told == [("GET", "/api/items", "api", "a")] * 2


def test_certificate_that_nobody_vouches_for_is_told(tmp_path: Path, authority: trustme.CA) -> None:
    """The reason is the certificate's."""
    with lively_server(authority) as page, pytest.raises(Unwelcome, match="nobody whom this machine trusts has signed"):
        Standing(ForeignTarget(written(tmp_path, page.origin))).__enter__()
