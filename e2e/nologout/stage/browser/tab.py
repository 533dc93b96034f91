"""A tab, as a person uses it: what it shows, and what can be clicked."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from playwright.sync_api import TimeoutError as PlaywrightTimeout

from nologout.errors import Unsupported
from nologout.stage.browser.poke import poke
from nologout.stage.browser.sign_in import sign_in
from nologout.stage.network.messages import TAB_HEADER

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from nologout.model.history import Looks
    from nologout.targets.app import App
    from nologout.targets.target import Credentials, Pacing

_ACT_MS = 15_000
_TRY_MS = 1_500
_WORDS = 160
# What is drawn or lies in a shadow root is no text of the body's, and yet something to see.
_IS_EMPTY = """() => {
  const body = document.body;
  if (!body) return true;
  const drawn = "img, svg, canvas, video, iframe, object, embed, input, button, select, textarea";
  const isSeen = (part) => part.getClientRects().length > 0 && (part.matches(drawn) || part.shadowRoot);
  return body.innerText.trim() === "" && ![body, ...body.querySelectorAll("*")].some(isSeen);
}"""


class Tab:
    """One tab of the browser under its name in the scenario."""

    def __init__(self, name: str, page: Page, app: App, base_url: str, pace: Pacing | None = None) -> None:
        self.name = name
        self.page = page
        self._app = app
        self._origin = base_url
        self._pace = pace
        self._url = f"{base_url}{app.paths.page}"
        page.set_extra_http_headers({TAB_HEADER: name})
        page.set_default_timeout(_ACT_MS)

    def open(self, *, deep: bool = False) -> None:
        """Load the app's page, or follow a link that leads into it."""
        self._hold_back()
        self.page.goto(self._url + (self._app.paths.deep if deep else ""))

    def reload(self) -> None:
        """Load the page anew."""
        self._hold_back()
        self.page.reload()

    @property
    def place(self) -> str:
        """Return the path, query and fragment of the tab's address."""
        return self.page.url.removeprefix(self._origin)

    def sign_in(self, user: Credentials) -> None:
        """Do what a person does to sign in."""
        if self._pace is not None:
            self._pace.before_sign_in()
        sign_in(self.page, self._app.form, user, self._origin)

    def poke(self) -> bool:
        """Do something that needs the session, without a reload; return False when the tab shows sign-in instead.

        A tab may come to show sign-in at the very moment of the click, which then waits in vain.

        Raises:
            PlaywrightTimeout: The tab shows neither what is to be clicked nor the sign-in form.
        """
        # A page behind another one paints its first frame seconds late, and a click waits for frames.
        self.page.bring_to_front()
        self._hold_back()
        ends = time.monotonic() + _ACT_MS / 1000
        while self.looks() != "signed_out":
            try:
                poke(self.page, self._app.poke, _TRY_MS)
            except PlaywrightTimeout:
                if time.monotonic() > ends:
                    raise
            else:
                return True
        return False

    def poke_together(self, times: int) -> None:
        """Do what `poke` does several times at once, before any reply can come.

        Raises:
            Unsupported: It is no click.
        """
        if not isinstance(self._app.poke, str):
            raise Unsupported("poke_by_click")
        self._hold_back()
        self.page.locator(self._app.poke).evaluate("(button, n) => { while (n--) button.click(); }", times)

    def write_note(self, text: str) -> None:
        """Write something down in the app; do not wait for what comes of it.

        Raises:
            Unsupported: The app has no form for that.
        """
        if self._app.note is None:
            raise Unsupported("notes")
        self.page.bring_to_front()
        self.page.fill(self._app.note.text, text)
        self.page.click(self._app.note.submit)

    def sign_out(self) -> None:
        """Sign out; return when the page shows it.

        Raises:
            Unsupported: Nobody said how.
        """
        if not self._app.sign_out:
            raise Unsupported("sign_out")
        self.page.click(self._app.sign_out)
        self.page.locator(self._app.marks.signed_out).wait_for(state="visible")

    def _hold_back(self) -> None:
        if self._pace is not None:
            self._pace.before_act()

    def bypass_cache(self) -> None:
        """Let equal requests go out side by side: an HTTP cache has the second wait for the first, up to 20 s."""
        # Playwright switches a page's cache off while there is a route, whatever it matches.
        self.page.route("**/nologout/nothing-is-here", lambda route: route.continue_())

    def looks(self) -> Looks:
        """Return what a person would say of the page at this moment."""
        marks = self._app.marks
        if self._shows(marks.signed_in):
            return "signed_in"
        return "signed_out" if self._shows(marks.signed_out) else "blank"

    def _shows(self, mark: str) -> bool:
        return self.page.locator(mark).filter(visible=True).count() > 0

    def await_decided(self, *, patience_ms: int = _ACT_MS) -> None:
        """Wait until the page shows either mark; a page that never does raises Playwright's TimeoutError."""
        marks = self._app.marks
        either = self.page.locator(marks.signed_in).or_(self.page.locator(marks.signed_out))
        either.filter(visible=True).first.wait_for(state="visible", timeout=patience_ms)

    def is_empty(self) -> bool:
        """Tell whether the page shows nothing at all: no text, no picture, no field."""
        return bool(self.page.evaluate(_IS_EMPTY))

    def words(self) -> str:
        """Return what the page says of the session, cut to a line."""
        shown = self.page.locator(self._app.marks.words).first
        return " ".join(shown.inner_text().split())[:_WORDS] if shown.count() else ""
