"""Console, black box and its database in a real browser: no token that the proxy saw, nor 16 characters of one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from nologout.redact.search import find_secrets
from nologout.stage.network.live import Drop, Pass
from nologout.stage.stage import Stage, set_stage
from nologout.steps import OpenTab, SignIn, SignOut
from nologout.targets import Reference

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext, ConsoleMessage, Page

    from nologout.plugin.fixtures import ServerPool
    from nologout.stage.network.live import Action, Live

pytestmark = pytest.mark.browser
# What the page gets from the session, and what is stored, both as text.
EVENTS = """async () => {
  const { createSession } = await import('/session/index.js');
  const session = createSession();
  const events = await session.events();
  session.close();
  return JSON.stringify(events);
}"""
DATABASE = """async () => {
  const found = (await indexedDB.databases()).map(({ name }) => name).filter((name) => name.endsWith('-events'));
  const read = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const all = [];
  for (const name of found) {
    const database = await read(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      all.push(await read(database.transaction(store).objectStore(store).getAll()));
    }
    database.close();
  }
  return JSON.stringify(all);
}"""
# What happens to a session that lives fully.
LIFE = {"attempt", "tokens", "renewed", "adopted", "transient", "refused", "ended"}


class Lossy:
    """Loses the reply to the next refresh."""

    def __init__(self) -> None:
        self.lost = 0

    def at_door(self, live: Live) -> Action:
        """Let pass."""
        del live
        return Pass()

    def at_reply(self, live: Live) -> Action:
        """Lose the first reply to a refresh."""
        if live.role != "refresh" or self.lost:
            return Pass()
        self.lost += 1
        return Drop()


def live_fully(stage: Stage) -> None:
    """Sign in, renew over a lost reply in two tabs, sign out, sign in anew, and be signed out by the server."""
    SignIn("a").perform(stage)
    OpenTab("b").perform(stage)
    lossy = Lossy()
    stage.ledger.rules.append(lossy)
    stage.clocks.pass_time(stage.app.renewal_due_s)
    assert stage.wait_until(lambda: renewed(stage) == 2, 20)  # once into the void
    assert lossy.lost == 1
    SignOut("b").perform(stage)
    SignIn("a").perform(stage)
    stage.target.deactivate(stage.base_url, stage.user)
    stage.clocks.pass_time(stage.app.renewal_due_s)
    assert stage.wait_until(lambda: {tab.looks() for tab in stage.tabs.values()} == {"signed_out"}, 20)


def renewed(stage: Stage) -> int:
    """Return how many refreshes brought tokens."""
    return sum(e.refresh_issued != "" for e in stage.tape.history().refreshes)


def seen_on_the_wire(stage: Stage) -> list[str]:
    """Return every token that the proxy saw."""
    labels = {
        label
        for e in stage.tape.history().exchanges
        for label in (e.access_issued, e.refresh_issued, e.access_used, e.refresh_used)
        if label
    }
    return [stage.ledger.vault.raw(label) for label in labels]


def told_by(page: Page) -> dict[str, str]:
    """Return what the black box tells, and what its database holds."""
    return {"events": page.evaluate(EVENTS), "database": page.evaluate(DATABASE)}


def whole(message: ConsoleMessage) -> str:
    """Return all that a page said; the text that a message has by itself leaves out the end of an object."""
    return json.dumps([said.json_value() for said in message.args])


@pytest.mark.parametrize("profile", ["family", "cookie"])
def test_console_and_black_box_hold_no_secret(
    profile: str, tmp_path: Path, server_pool: ServerPool, new_context: Callable[..., BrowserContext]
) -> None:
    """All that can happen to a session has been told, in all three places, and none has a piece of a token."""
    target = Reference(profile)
    said: list[ConsoleMessage] = []
    with set_stage(target, server_pool.running(target), new_context) as stage:
        stage.context.add_init_script("if (location.search !== '?debug') history.replaceState(null, '', '?debug')")
        stage.context.on("console", lambda message: said.append(message))  # noqa: PLW0108 - Playwright takes no built-in
        live_fully(stage)
        told = told_by(stage.tabs["a"].page) | {"console": "\n".join(map(whole, said))}
        secrets = seen_on_the_wire(stage)
    assert {event["type"] for event in json.loads(told["events"])} >= LIFE
    assert all(f'"{word}"' in told["database"] and f"[session] {word}" in told["console"] for word in LIFE)
    assert len(secrets) >= 6
    for name, text in told.items():
        (tmp_path / name).write_text(text)
    assert find_secrets(tmp_path, secrets) == []
