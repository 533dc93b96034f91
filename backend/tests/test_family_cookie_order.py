"""Replies reach the browser in any order, or never: no cookie of before stays for good, and nobody is signed out."""

from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cookie_browser import REFRESH, CookieBrowser, CookieReply
from tests.people import at, family_of

pytestmark = pytest.mark.usefixtures("database")

# A client gives up on a reply after this long; GRACE and COALESCE are 30 s.
PATIENCE_S = 8
HOUR_S = 3600

OLDEST, NEWEST = 0, -1
OFTEN = [("refresh", 0), ("arrive", OLDEST), ("arrive", NEWEST)]
SELDOM = [("wait", 1), ("wait", 7), ("wait", 31), ("sign_in", 0)]
STEPS = st.lists(st.sampled_from(OFTEN * 4 + SELDOM), max_size=20)
# After a lost reply an absence costs a strike, and more than three in a row end a session.
TRACES = st.lists(STEPS, min_size=1, max_size=3)


@dataclass
class Network:
    """A browser, the time, and the replies that are under way to it."""

    browser: CookieBrowser = field(default_factory=CookieBrowser)
    now_s: int = 0
    under_way: list[tuple[int, CookieReply]] = field(default_factory=list)

    def step(self, what: str, number: int) -> None:
        """Play a step of a trace."""
        with at(self.now_s):
            if what == "sign_in":
                self.browser.sign_in()
            elif what == "refresh":
                reply = self.browser.ask(REFRESH)
                assert reply.status == 200, reply.body
                self.under_way.append((self.now_s, reply))
            elif what == "arrive" and self.under_way:
                _, reply = self.under_way.pop(number)
                self.browser.receive(reply)
            elif what == "wait":
                self.wait(number)

    def wait(self, seconds: int) -> None:
        """Let time pass; what has been under way for too long is never received."""
        self.now_s += seconds
        self.under_way = [(since, reply) for since, reply in self.under_way if self.now_s - since < PATIENCE_S]

    def refresh(self) -> None:
        """Refresh, and receive the reply at once."""
        with at(self.now_s):
            reply = self.browser.refresh()
            assert (reply.status, reply.body["sid"]) == (200, self.browser.sid), reply.body


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(traces=TRACES)
def test_the_newest_cookie_wins_in_the_end(traces: list[list[tuple[str, int]]], cookie_urls: None) -> None:  # noqa: ARG001 - must come first
    """Whatever came late, the session that began last goes on, and one refresh later its cookie is the newest."""
    network = Network()
    network.step("sign_in", 0)
    for trace in traces:
        for step in trace:
            network.step(*step)
        network.wait(HOUR_S)
    network.refresh()
    assert network.browser.generation == family_of(network.browser.token).generation


def test_a_late_reply_of_the_session_before_leaves_the_new_one_alone(cookie_urls: None) -> None:  # noqa: ARG001
    """The shortest trace of its kind: refresh, sign in as another, and only then the refresh is answered."""
    network = Network()
    network.step("sign_in", 0)
    before = network.browser.sid
    network.step("refresh", 0)
    network.step("sign_in", 0)
    network.step("arrive", NEWEST)
    assert set(network.browser.jar) == {f"refresh_{before}", f"refresh_{network.browser.sid}"}
    network.refresh()


def test_a_late_reply_of_a_refresh_sets_an_older_cookie_only_until_the_next(cookie_urls: None) -> None:  # noqa: ARG001
    """The sibling's reply, one generation older, comes last; it is answered with the newest again."""
    network = Network()
    network.step("sign_in", 0)
    network.wait(HOUR_S)
    network.step("refresh", 0)
    with at(network.now_s):
        network.browser.refresh()
    network.wait(31)
    # The first refresh's reply has been kept back by a proxy for longer than any client waits.
    late = network.browser.jar.copy()
    network.refresh()
    assert network.browser.generation == 2
    network.browser.jar = late
    network.refresh()
    assert network.browser.generation == 2
