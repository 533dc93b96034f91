"""Two users who come and go in the tabs of one browser, and whose tokens the proxy sees there."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING
from urllib.parse import unquote

import jwt

from nologout.stage.network.live import Hold, Pass

if TYPE_CHECKING:
    from nologout.model.history import Exchange
    from nologout.stage.browser.tab import Tab
    from nologout.stage.network.live import Action, Live, Place
    from nologout.stage.stage import Stage

USERS = ("U1", "U2")
TABS = ("a", "b", "c")
_FINISH_S = 30
_SHOWS = "x-test-shows"
# Each request tells whom its page shows when it is sent; what a request is for is told when it is made, by a note.
TELL = """(() => {
  const send = window.fetch;
  window.fetch = (input, init = {}) => {
    const headers = new Headers(init.headers ?? input.headers);
    headers.set('x-test-shows', encodeURIComponent(document.querySelector('#who')?.textContent ?? ''));
    return send(input, { ...init, headers });
  };
})()"""
# What the page shows and what is written are one moment, in which nobody can sign in elsewhere.
WRITE = """() => {
  const who = document.querySelector('#who').textContent;
  if (document.querySelector('#workspace').hidden || who === '…') return;
  document.querySelector('#new-item').value = `a note of ${who}`;
  document.querySelector('#add-item').click();
}"""
SIGN_IN = """([username, password]) => {
  const form = document.querySelector('#sign-in');
  if (form.hidden) document.querySelector('#switch-account').click();
  if (form.hidden) return;
  Object.assign(form.elements.username, { value: username });
  Object.assign(form.elements.password, { value: password });
  form.requestSubmit();
}"""
SIGN_OUT = "() => document.querySelector('#workspace').hidden || document.querySelector('#sign-out').click()"


# The name of a method of Scene, and what it is given: the tab, and the user who signs in.
Act = tuple[str, ...]
SETTLE: Act = ("settle",)
# How often each is done, compared with the others, and how much of (tab, user) it is given.
_ACTS = {
    "write": (6, 1),
    "sign_in": (4, 2),
    "settle": (4, 0),
    "hold_requests": (2, 0),
    "hold_replies": (1, 0),
    "let_go": (3, 0),
    "expire_asleep": (2, 0),
    "expire_unseen": (2, 0),
    "expire_awake": (1, 0),
    "reload": (2, 1),
    "sign_out": (1, 1),
    "close": (1, 1),
}
# Both have been here, and have written something.
BEGINNING: tuple[Act, ...] = (("come", "a", "U1"), ("write", "a"), ("come", "b", "U2"), ("write", "b"), SETTLE)
END: tuple[Act, ...] = (("let_go",), SETTLE, *(("write", tab) for tab in TABS), ("finish",))


def random_acts(seed: int, count: int) -> tuple[Act, ...]:
    """Return a beginning, so many random acts (always the same for a seed), and an end at which nothing is held."""
    dice = random.Random(seed)  # noqa: S311 - a game, not a secret
    names = dice.choices(list(_ACTS), [weight for weight, _ in _ACTS.values()], k=count)
    drawn = [(name, *(dice.choice(TABS), dice.choice(USERS))[: _ACTS[name][1]]) for name in names]
    return (*BEGINNING, *drawn, *END)


class _Watch:
    """Holds refreshes when it is told to; notes whom a tab showed when a request left it, and what that presented.

    Of the cookies that a browser adds only the one counts whose session the request names.
    """

    def __init__(self) -> None:
        self.holds_at: Place | None = None
        self.shown: dict[int, str] = {}
        self.presented: dict[int, str] = {}

    def at_door(self, live: Live) -> Action:
        """Note a request, and perhaps hold it."""
        request, sid = live.request, live.request.header("x-session-id")
        self.shown[live.id] = unquote(request.header(_SHOWS))
        self.presented[live.id] = (
            request.cookies.get(f"refresh_{sid}", "") if sid else request.json().get("refresh", "")
        )
        return self._at("door", live)

    def at_reply(self, live: Live) -> Action:
        """Perhaps hold a reply."""
        return self._at("reply", live)

    def _at(self, place: Place, live: Live) -> Action:
        return Hold() if self.holds_at == place and live.role == "refresh" else Pass()


class Scene:
    """Does what acts say; a tab that is not open is opened first. Nothing is waited for but by `settle`."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._watch = _Watch()
        self._names = {stage.person(name).username: name for name in USERS}
        for username, name in self._names.items():
            stage.ledger.mark(f"a note of {username}", f"note:{name}")
        stage.ledger.rules.append(self._watch)
        stage.context.add_init_script(TELL)

    def play(self, acts: tuple[Act, ...]) -> None:
        """Do one after another."""
        for name, *given in acts:
            getattr(self, name)(*given)

    def come(self, tab: str, user: str) -> None:
        """Sign in, and wait until the tab shows it."""
        self._tab(tab).await_decided()
        self.sign_in(tab, user)
        name = self._stage.person(user).username
        self._tab(tab).page.locator("#workspace").filter(has_text=name).wait_for(state="visible")

    def sign_in(self, tab: str, user: str) -> None:
        """Send the sign-in form, also while somebody else is signed in."""
        person = self._stage.person(user)
        self._tab(tab).page.evaluate(SIGN_IN, [person.username, person.password])

    def sign_out(self, tab: str) -> None:
        """Sign out, where somebody is signed in."""
        self._tab(tab).page.evaluate(SIGN_OUT)

    def write(self, tab: str) -> None:
        """Write a note of whom the tab shows, if it shows somebody."""
        self._tab(tab).page.evaluate(WRITE)

    def reload(self, tab: str) -> None:
        """Load the page anew."""
        self._tab(tab).reload()

    def close(self, tab: str) -> None:
        """Close the tab, but not the last one."""
        if tab in self._stage.tabs and len(self._stage.tabs) > 1:
            self._stage.close_tab(tab)

    def expire_asleep(self) -> None:
        """Let the access token's life pass while no timer fires."""
        self._stage.clocks.sleep(self._stage.app.renewal_due_s)

    def expire_awake(self) -> None:
        """Let it pass with timers."""
        self._stage.clocks.pass_time(self._stage.app.renewal_due_s)

    def expire_unseen(self) -> None:
        """Let it pass for the server alone."""
        self._stage.clocks.move_server(self._stage.app.access_lifetime_s + 60)

    def hold_requests(self) -> None:
        """From now on refreshes stop at the server's door."""
        self._watch.holds_at = "door"

    def hold_replies(self) -> None:
        """From now on the replies to refreshes are held."""
        self._watch.holds_at = "reply"

    def let_go(self) -> None:
        """Hold nothing any more."""
        self._watch.holds_at = None
        ledger = self._stage.ledger
        for live in (*ledger.held("door"), *ledger.held("reply")):
            self._stage.proxy.release(live, Pass())

    def settle(self) -> None:
        """Wait until nothing moves but what is held."""
        self._stage.settle()

    def finish(self) -> None:
        """Wait until every request has had its answer.

        Raises:
            AssertionError: One has none.
        """
        ledger = self._stage.ledger
        assert self._stage.wait_until(lambda: not ledger.under_way(), _FINISH_S), ledger.under_way()
        self.settle()

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """Return what the proxy saw."""
        return self._stage.tape.history().exchanges

    def mixed(self) -> list[str]:
        """Return in words where the proxy saw one user's token in the other's hands.

        Whose a token is, its own `user_id` says; which user that is, the sign-ins.
        """
        return [wrong for e in self.exchanges if e.role in {"api", "refresh"} for wrong in self._wrongs(e)]

    def _wrongs(self, e: Exchange) -> list[str]:
        author = e.carries.removeprefix("note:")
        shown = self._names.get(self._watch.shown.get(e.id, ""), "")
        bearer, presented = self._owner(self._raw(e.access_used)), self._owner(self._watch.presented.get(e.id, ""))
        brought = self._owner(self._raw(e.access_issued)) if e.fate == "delivered" else ""
        pairs = (
            (author, bearer, f"{author}'s note left with {bearer}'s token"),
            (shown, bearer, f"it left with {bearer}'s token while {shown} was shown"),
            (shown, presented, f"it presented {presented}'s token while {shown} was shown"),
            (shown, brought, f"it was given {brought}'s token while {shown} was shown"),
        )
        wrongs = [what for one, other, what in pairs if one and other and one != other]
        return [f"#{e.id} {e.method} {e.path} of tab {e.tab}: {what}" for what in wrongs]

    def _owner(self, token: str) -> str:
        signed_in = (e for e in self.exchanges if e.role == "sign_in" and e.access_issued)
        names = {_user_id(self._raw(e.access_issued)): e.carries for e in signed_in}
        return names[_user_id(token)] if token else ""

    def _raw(self, label: str) -> str:
        return self._stage.ledger.vault.raw(label) if label else ""

    def _tab(self, name: str) -> Tab:
        if name not in self._stage.tabs:
            self._stage.add_tab(name).open()
        return self._stage.tabs[name]


def _user_id(token: str) -> str:
    return str(jwt.decode(token, options={"verify_signature": False})["user_id"])
