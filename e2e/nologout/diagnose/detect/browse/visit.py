"""A visitor of the app: one browser with one page, behind the proxy that reads along."""

from __future__ import annotations

import time
from importlib import resources
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import msgspec
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from nologout.diagnose.detect.browse.reading import message_of
from nologout.diagnose.detect.rules.seen import Cookie, Element, Rest
from nologout.diagnose.names import shown_name
from nologout.errors import TargetError
from nologout.stage.browser.poke import poke
from nologout.stage.network.route import origin_of
from nologout.targets.app import FollowLink, Navigate
from nologout.targets.config.patterns import PASSWORD_FIELD
from nologout.targets.trust import UNKNOWN_ISSUER

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page, Request

    from nologout.diagnose.detect.browse.watch import Watch
    from nologout.diagnose.detect.rules.seen import Act, Message

_HERE = resources.files("nologout.diagnose.detect.browse")
_PAGE = _HERE.joinpath("page.js").read_text("utf-8")
_RESTS = _HERE.joinpath("rests.js").read_text("utf-8")
_WITHOUT = """(url) => { fetch(url, { credentials: "omit", cache: "no-store" }).catch(() => {}); }"""
_TURN_MS = 25
_QUIET_S = 0.4
_SETTLE_S = 5.0
_LOAD_S = 15.0
_ACT_MS = 2_000


class Deadline:
    """The moment at which all of it has to be over."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Return the seconds that are left, and none for less than none."""
        return max(0.0, self._ends - time.monotonic())


class Visit:
    """One person in the app; every wait ends with the deadline, too."""

    def __init__(self, page: Page, watch: Watch, base_url: str, deadline: Deadline) -> None:
        self.page = page
        self._watch = watch
        self.base_url = base_url
        self._deadline = deadline
        self.went_to = ""
        page.on("request", self._follow)
        self._bound()

    def _follow(self, request: Request) -> None:
        """Remember the origin of the page that is shown next, though it may be blocked."""
        if request.is_navigation_request() and request.frame.parent_frame is None:
            self.went_to = origin_of(request.url)

    def _bound(self) -> None:
        """Have nothing that the page is asked for outlast the deadline by much."""
        self.page.set_default_timeout(min(_LOAD_S, max(1, self._deadline.left)) * 1000)

    @property
    def elsewhere(self) -> str:
        """Return the origin that the page has led to, where that is not the app's own; else nothing."""
        return "" if self.went_to == origin_of(self.base_url) else self.went_to

    @property
    def place(self) -> str:
        """Return the path of the page, with the route that some apps keep in the fragment."""
        split = urlsplit(self.page.url)
        return (split.path or "/") + (f"#{split.fragment}" if split.fragment.startswith("/") else "")

    def open(self, path: str) -> None:
        """Load a page and let it come to rest.

        Raises:
            TargetError: Nobody answers there.
        """
        before = len(self._watch.silences)
        self._bound()
        try:
            self.page.goto(urljoin(self.base_url, path))
        except PlaywrightTimeout as error:
            raise TargetError(f"{self.base_url}{path} did not load within {_LOAD_S:.0f} s") from error
        except PlaywrightError:
            # A page that leads to another origin, which may be blocked, is no failure: whoever looks there tells it.
            if not self.elsewhere and len(self._watch.silences) == before:
                raise
        if len(self._watch.silences) > before:
            raise _silent(self.base_url, self._watch.silences[before])
        self.rest()

    def wait_until(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Wait for a condition; return False when patience ends first."""
        patience = Deadline(min(seconds, self._deadline.left))
        while not condition():
            if not patience.left:
                return False
            self.page.wait_for_timeout(_TURN_MS)
        return True

    def rest(self) -> None:
        """Wait until nothing has been under way for a moment."""
        self.wait_until(lambda: self._watch.quiet_for() > _QUIET_S, _SETTLE_S)

    def shows(self, selector: str) -> bool:
        """Tell whether something of the selector is visible."""
        return self.page.locator(selector).filter(visible=True).count() > 0

    @property
    def shows_password(self) -> bool:
        """Tell whether the page asks for a password."""
        return self.shows(PASSWORD_FIELD)

    @property
    def frame_with_password(self) -> str:
        """Return where a frame in the page comes from that asks for a password, or nothing."""
        asking = (each for each in self.page.frames[1:] if each.locator(PASSWORD_FIELD).filter(visible=True).count())
        return next((origin_of(each.url) + urlsplit(each.url).path for each in asking), "")

    def elements(self) -> tuple[Element, ...]:
        """Return what is visible and has a stable selector."""
        found: list[dict[str, Any]] = self.page.evaluate(_PAGE)
        return tuple(msgspec.convert(found, list[Element]))

    def selector_of(self, element: Locator) -> str:
        """Return a stable selector of an element, or nothing where it has none."""
        return str(element.evaluate(_PAGE))

    def rests_of(self, tokens: tuple[str, ...]) -> tuple[Rest, ...]:
        """Return where these tokens rest in the page's origin, as far as scripts can see."""
        found: list[tuple[int, Any, str]] = self.page.evaluate(_RESTS, list(tokens))
        return tuple(Rest(tokens[number], place, shown_name(key)) for number, place, key in found)

    def jar(self) -> tuple[Cookie, ...]:
        """Return the browser's cookies, of whatever origin."""
        held = self.page.context.cookies()
        return tuple(Cookie(c["name"], c["value"], c["httpOnly"], path=c["path"]) for c in held)

    def during(self, act: Callable[[], object], until: Callable[[tuple[Message, ...]], bool]) -> tuple[Message, ...]:
        """Do something, wait until what it brought is enough, or for a few seconds; return what went to and fro."""
        before = len(self._watch.lives)
        self._bound()

        def brought() -> tuple[Message, ...]:
            return tuple(message_of(live) for live in self._watch.lives[before:])

        act()
        self._watch.stir()
        self.wait_until(lambda: until(brought()), _SETTLE_S)
        self.rest()
        return brought()

    def do(self, act: Act) -> None:
        """Click, go somewhere inside the page, or follow a link; what cannot be clicked is left alone."""
        done = act if isinstance(act, str) else Navigate(act[1]) if act[0] == "navigate" else FollowLink(act[1])
        try:
            poke(self.page, done, _ACT_MS)
        except PlaywrightTimeout:
            return

    def ask_without(self, url: str) -> int | None:
        """Return what the app answers to somebody who is not signed in, or None where nothing came."""
        found = self.during(
            lambda: self.page.evaluate(_WITHOUT, url), lambda seen: any(m.url == url and m.status for m in seen)
        )
        return next((m.status for m in found if m.url == url and not m.bearer), None)


def _silent(base_url: str, reason: str) -> TargetError:
    """Return what to say of an app that did not answer."""
    hint = "--ca-file FILE names a private authority's certificate (PEM)" if UNKNOWN_ISSUER in reason else ""
    return TargetError(f"nothing answers as it should at {base_url} ({reason})", hint=hint)
