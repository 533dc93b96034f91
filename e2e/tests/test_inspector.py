"""The session inspector by hand: what it shows is so, each trouble does what it says, and the session survives it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import BrowserContext, Page, Response, expect

from demo_app import REFRESH, DemoApp, lose_reply, refreshes_of
from nologout import cli, scenarios
from nologout.redact import learn
from nologout.targets import Reference
from tests.looks import complaints_about

if TYPE_CHECKING:
    from nologout.plugin.fixtures import ServerPool

ROOT = Path(__file__).parents[2]
browser = pytest.mark.browser
RECORD = """() => new Promise((resolve) => {
  const opening = indexedDB.open('nologout-session');
  opening.onsuccess = () => {
    const reading = opening.result.transaction('values').objectStore('values').get('record');
    reading.onsuccess = () => { opening.result.close(); resolve(reading.result); };
  };
})"""
# The database tells nobody when the client has tried again.
AWAIT_WRITE = f"""async () => {{
  const read = {RECORD};
  while ((await read()).generation < 2) await new Promise((next) => setTimeout(next, 50));
}}"""
HOLD_LOCK = "() => void navigator.locks.request('nologout-session', () => new Promise(() => {}))"
SECRET_PIECE = 16


@pytest.fixture
def app_on_stock(server_pool: ServerPool) -> DemoApp:
    """Return the demo app on SimpleJWT's own rotation, which has no grace, with a fresh user."""
    target = Reference("stock")
    url = server_pool.running(target).base_url
    target.move_clock(url, 0)
    user = target.new_user(url)
    learn(user.password)
    return DemoApp(url, user.username, user.password)


def inspect(page: Page, app: DemoApp) -> None:
    """Open the inspector by its link, signed in."""
    app.sign_in(page)
    page.get_by_role("link", name="Inspect the session").click()
    app.expect_signed_in(page)
    expect(page.locator("#fact-state")).to_have_text("signed-in")


def trouble(page: Page, name: str) -> None:
    """Press a button of the inspector."""
    page.locator("#inspector").get_by_role("button", name=name, exact=True).click()


def refresh_list(page: Page) -> None:
    """Ask for the list, whatever comes of it."""
    page.get_by_role("button", name="Refresh the list").click()


def answers_of(page: Page) -> list[int]:
    """Return a list that gets the status of each answer about the list from now on."""
    answers: list[int] = []

    def note(response: Response) -> None:
        if response.url.endswith("/api/items/"):
            answers.append(response.status)

    page.on("response", note)
    return answers


def pieces_of(record: Any) -> set[str]:  # noqa: ANN401 - what a database holds
    """Return every piece of 16 characters of a record's tokens."""
    tokens = (record["access"], record["refresh"])
    return {token[at : at + SECRET_PIECE] for token in tokens for at in range(len(token) - SECRET_PIECE + 1)}


def test_scenarios_that_the_inspector_names_exist() -> None:
    """Who looks for the strict form of a trouble finds it in `nologout list`."""
    html = (ROOT / "frontend_static" / "index.html").read_text()
    named = set(re.findall(r"<code>(\w+)</code>", html))
    assert len(named) == 5
    assert named <= set(scenarios.names())


@browser
def test_nothing_of_it_is_loaded_without_being_asked_for(page: Page, app: DemoApp) -> None:
    """Whoever does not inspect gets the page alone."""
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    app.sign_in(page)
    expect(page.locator("#inspector")).to_have_count(0)
    assert any("/page/draft.js" in url for url in loaded)
    assert not [url for url in loaded if re.search("inspector|trouble|facts", url)]


@browser
def test_inspector_is_accessible(page: Page, app: DemoApp) -> None:
    """Axe has nothing to say and 320 px are enough: signed in with events, and while it reconnects."""
    inspect(page, app)
    expect(page.locator("#events li").first).to_be_visible()
    assert complaints_about(page) == []
    trouble(page, "Offline")
    trouble(page, "+70 min")
    refresh_list(page)
    expect(page.locator("#status")).to_have_text("Reconnecting…")
    assert complaints_about(page) == []


@browser
def test_facts_are_told_and_only_trouble_is_announced(context: BrowserContext, page: Page, app: DemoApp) -> None:
    """Ages tick, the lock's holder is named, and no screen reader speaks each second."""
    inspect(page, app)
    expect(page.locator("#fact-generation")).to_have_text("1")
    expect(page.locator("#fact-rest")).to_have_text(re.compile(r"^59 min \d+ s$"))
    expect(page.locator("#fact-offset")).to_have_text("right within a second")
    age = page.locator("#fact-age").inner_text()
    expect(page.locator("#fact-age")).not_to_have_text(age)
    expect(page.locator("#fact-lock")).to_have_text("nobody")
    app.open_tab(context).evaluate(HOLD_LOCK)
    page.bring_to_front()
    expect(page.locator("#fact-lock")).to_have_text("another tab")
    live = page.locator("#inspector :is([role=status], [role=alert], [aria-live])")
    assert live.evaluate_all("places => places.map(({ id }) => id)") == ["trouble-note", "copy-note"]


@browser
@pytest.mark.firefox
def test_expired_token_is_refused_and_refreshed_once(context: BrowserContext, page: Page, app: DemoApp) -> None:
    """The request is refused, a refresh follows, and the request gets its answer."""
    inspect(page, app)
    answers, refreshes = answers_of(page), refreshes_of(context)
    trouble(page, "Expire the access token")
    app.use(page)
    expect(page.locator("#fact-generation")).to_have_text("2")
    app.use(page)
    assert answers == [401, 200, 200]
    assert len(refreshes) == 1
    expect(page.get_by_text("The token was sent; a refresh follows.")).to_be_visible()
    app.expect_signed_in(page)


@browser
def test_offline_stops_every_request_until_it_is_lifted(context: BrowserContext, page: Page, app: DemoApp) -> None:
    """Nothing leaves the tab, the page says so, and it completes itself once the network is back."""
    inspect(page, app)
    requests: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    trouble(page, "Offline")
    refresh_list(page)
    expect(page.locator("#note")).to_have_text("The server could not be reached. Please try again.")
    assert requests == []
    expect(page.get_by_role("button", name="Offline")).to_have_attribute("aria-pressed", "true")
    trouble(page, "Offline")
    expect(page.locator("#note")).to_be_empty()
    app.use(page)
    app.expect_signed_in(page)


@browser
def test_wrong_clock_is_told_and_survived(context: BrowserContext, page: Page, app: DemoApp) -> None:
    """Fast by 70 minutes makes one refresh, after which the clock is known to be wrong; right again, all is well."""
    inspect(page, app)
    refreshes = refreshes_of(context)
    trouble(page, "+70 min")
    expect(page.locator("#fact-rest")).to_have_text(re.compile("^expired 10 min"))
    app.use(page)
    app.use(page)
    expect(page.locator("#fact-offset")).to_have_text(re.compile(r"^1 h \d+ min ahead of the server$"))
    assert len(refreshes) == 1
    trouble(page, "\N{MINUS SIGN}10 min")
    expect(page.locator("#fact-age")).to_have_text(re.compile("the clock was set back$"))
    app.use(page)
    trouble(page, "right")
    app.use(page)
    app.expect_signed_in(page)


@browser
def test_what_a_wrong_clock_does_to_other_tabs_is_as_the_page_says(
    context: BrowserContext, page: Page, app: DemoApp
) -> None:
    """A token that was fetched meanwhile bears the wrong time in every tab; a refresh by a right clock mends it."""
    inspect(page, app)
    other_tab = context.new_page()
    other_tab.goto(f"{app.url}/?inspect")
    app.expect_signed_in(other_tab)
    expect(page.locator("#clock-what")).to_contain_text("time in every tab, until the next refresh")
    trouble(page, "+70 min")
    app.use(page)
    expect(other_tab.locator("#fact-generation")).to_have_text("2")
    expect(other_tab.locator("#fact-age")).to_have_text(re.compile("the clock was set back$"))
    trouble(other_tab, "Expire the access token")
    app.use(other_tab)
    expect(other_tab.locator("#fact-generation")).to_have_text("3")
    expect(other_tab.locator("#fact-age")).to_have_text(re.compile(r"^\d+ s$"))


@browser
@pytest.mark.firefox
def test_full_storage_keeps_the_old_record_until_there_is_room(page: Page, app: DemoApp) -> None:
    """The new tokens live in memory meanwhile, and are written afterwards."""
    inspect(page, app)
    trouble(page, "Fill storage")
    trouble(page, "Expire the access token")
    app.use(page)
    expect(page.locator("#fact-generation")).to_have_text("2")
    assert page.evaluate(RECORD)["generation"] == 1
    trouble(page, "Fill storage")
    page.evaluate(AWAIT_WRITE)
    page.reload()
    app.expect_signed_in(page)
    expect(page.locator("#fact-generation")).to_have_text("2")


@browser
def test_events_are_copied_and_no_token_is_in_them_nor_on_the_page(
    context: BrowserContext, page: Page, app: DemoApp
) -> None:
    """Events of both tabs are plain data; no 16 characters of any token stand in page, copy, console or storage."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    said: list[str] = []
    context.on("console", lambda message: said.append(message.text))
    app.sign_in(page)
    secrets = pieces_of(page.evaluate(RECORD))
    page.goto(f"{app.url}/?inspect&debug")
    app.open_tab(context)
    page.bring_to_front()
    trouble(page, "Expire the access token")
    app.use(page)
    expect(page.locator("#fact-generation")).to_have_text("2")
    expect(page.locator("#events")).to_contain_text("generation 2")
    secrets |= pieces_of(page.evaluate(RECORD))
    trouble(page, "Copy the events as JSON")
    expect(page.get_by_text("Copied.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    events = json.loads(copied)["events"]
    assert len({event["tab"] for event in events}) >= 2
    for tab in {event["tab"] for event in events}:
        told = [event["at"] for event in events if event["tab"] == tab]
        assert told == sorted(told)
    places = (page.content(), copied, *said, page.evaluate("JSON.stringify({ ...sessionStorage, ...localStorage })"))
    assert said
    assert not [place for place in places if any(secret in place for secret in secrets)]


@browser
def test_downloaded_events_explain_the_loss_of_a_session(
    context: BrowserContext, page: Page, app_on_stock: DemoApp, capsys: pytest.CaptureFixture[str]
) -> None:
    """`nologout explain` reads the file as it stands: while the session lives, and once a lost reply has ended it."""
    inspect(page, app_on_stock)
    assert cli.run(["explain", download(page)]) == 0
    assert "Nobody is logged out" in capsys.readouterr().out
    context.route(REFRESH, lose_reply, times=1)
    trouble(page, "Expire the access token")
    refresh_list(page)
    expect(page.locator("#events")).to_contain_text("ended")
    assert cli.run(["explain", download(page)]) == 1
    assert "no_grace_for_lost_reply" in capsys.readouterr().out
    assert complaints_about(page) == []


def download(page: Page) -> str:
    """Press the button, and return where the browser saved the file."""
    with page.expect_download() as downloading:
        trouble(page, "Download events")
    assert downloading.value.suggested_filename == "nologout-events.json"
    expect(page.get_by_text("Saved as nologout-events.json")).to_be_visible()
    return str(downloading.value.path())
