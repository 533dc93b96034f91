"""A thousand requests of one page meet an expired access token: one refresh, and none is sent again but after a 401."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from nologout.stage.network.live import Hold, Pass
from nologout.stage.stage import Stage, set_stage
from nologout.steps import SignIn
from nologout.targets import Reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

    from nologout.plugin.fixtures import ServerPool
    from nologout.stage.network.live import Action, Live
    from nologout.stage.network.proxy import FaultProxy

    Ask = Callable[[str, int, Callable[[Stage], None]], tuple[list[int | None], list[list[int]]]]

pytestmark = pytest.mark.browser
# The refresh waits behind them for one of the browser's six connections: on a busy machine longer than a page would.
ASK = """async ([client, count]) => {
  const { createSession } = await import(client);
  const { session: settings } = await import('/config.js');
  const session = createSession({ ...settings, patience: 120_000 });
  const ask = async (id) => (await session.fetch(`/api/me/?${id}`)).status;
  return Promise.all(Array.from({ length: count }, (_, id) => ask(id)));
}"""
OURS = "/session/index.js"
BROKEN = "/known_broken/refreshes_on_late_401/session/index.js"


class Answers:
    """Notes what the server answered to each request, by what stands after its question mark; the first 401 comes late.

    It reaches the page when another request has been served already with the new token.
    """

    def __init__(self, proxy: FaultProxy) -> None:
        self.of: dict[str, list[int]] = defaultdict(list)
        self._proxy = proxy
        self._late: Live | None = None

    def at_door(self, live: Live) -> Action:
        """Let pass."""
        del live
        return Pass()

    def at_reply(self, live: Live) -> Action:
        """Note an answer of the API's, and hold the first refusal until something is served."""
        number = urlsplit(live.request.target).query
        if live.role != "api" or not number or not live.reply:
            return Pass()
        self.of[number].append(live.reply.status)
        if live.reply.status == 401 and self._late is None:
            self._late = live
            return Hold()
        if live.reply.status == 200 and self._late:
            self._proxy.release(self._late, Pass())
        return Pass()


def expire_for_both(stage: Stage) -> None:
    """Let the client know."""
    stage.clocks.sleep(stage.app.renewal_due_s)


def expire_unseen(stage: Stage) -> None:
    """Let it find out."""
    stage.clocks.move_server(stage.app.access_lifetime_s + 60)


@pytest.fixture
def ask(server_pool: ServerPool, new_context: Callable[..., BrowserContext]) -> Ask:
    """Return a function that has a client ask so often at an expiry, and tells what the proxy saw."""

    def at_an_expiry(
        client: str, count: int, expire: Callable[[Stage], None]
    ) -> tuple[list[int | None], list[list[int]]]:
        target = Reference("stock")
        with set_stage(target, server_pool.running(target), new_context) as stage:
            SignIn("a").perform(stage)
            page, seen = stage.tabs["a"].page, Answers(stage.proxy)
            page.goto(f"{stage.base_url}/app.css")  # the same origin, without the page's own session
            stage.ledger.rules.append(seen)
            expire(stage)
            assert page.evaluate(ASK, [client, count]) == [200] * count
            return [refresh.status for refresh in stage.tape.history().refreshes], list(seen.of.values())

    return at_an_expiry


@pytest.mark.parametrize(
    ("expire", "answers"),
    [
        pytest.param(expire_unseen, [401, 200], id="unseen"),
        pytest.param(expire_for_both, [200], id="for_both", marks=pytest.mark.soak),
    ],
)
def test_thousand_pending_requests_share_one_refresh(
    expire: Callable[[Stage], None], answers: list[int], ask: Ask
) -> None:
    """Each is settled; sent once where the client knows of the expiry, else again where the token was refused."""
    refreshes, seen = ask(OURS, 1000, expire)
    assert (refreshes, len(seen)) == ([200], 1000)
    assert all(got in ([200], answers) for got in seen)
    assert answers in seen


def test_client_that_refreshes_on_a_late_401_is_seen(ask: Ask) -> None:
    """The count can come out otherwise: this one refreshes for the refusal of a token that it has replaced."""
    refreshes, _ = ask(BROKEN, 30, expire_unseen)
    assert refreshes == [200, 200]
