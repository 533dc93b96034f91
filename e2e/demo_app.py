"""The demo app as a tester meets it: an address, a user, a server whose clock can be moved, and what one does there."""

import contextlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Response, Route, expect

from nologout.targets import Reference

REFRESH = "**/api/token/refresh/"
# Playwright hears of no request's body from the system's Firefox, so it cannot pass a refresh on by itself.
needs_bodies = pytest.mark.skip_browser("firefox")


@dataclass
class DemoApp:
    """A running demo app with a user of this test's own.

    An access token lives for an hour, a refresh token for seven days. Whatever moves a clock needs
    `context.clock.install()` before the first page; page and server then stay in step.
    """

    url: str
    username: str
    password: str = field(repr=False)  # a failing test shows its arguments
    seconds_ahead: int = 0

    def sign_in(self, page: Page) -> None:
        """Open the app in a tab and sign in by hand."""
        page.goto(self.url)
        self.fill_in_form(page)
        self.expect_signed_in(page)

    def fill_in_form(self, page: Page) -> None:
        """Enter name and password where the page asks for them."""
        page.bring_to_front()
        page.get_by_label("Name").fill(self.username)
        page.get_by_label("Password").fill(self.password)
        page.get_by_role("button", name="Sign in").click()

    def open_tab(self, context: BrowserContext) -> Page:
        """Open the app in one more tab, which needs no sign-in."""
        page = context.new_page()
        page.goto(self.url)
        self.expect_signed_in(page)
        return page

    def add_item(self, page: Page, text: str) -> None:
        """Put an item on the user's list."""
        page.get_by_label("New item").fill(text)
        page.get_by_role("button", name="Add").click()
        expect(page.locator("#items li").last).to_have_text(text)

    def use(self, *tabs: Page) -> None:
        """Click "Refresh the list" in each tab, without a pause between them; every tab must get its list."""
        with contextlib.ExitStack() as lists:
            for tab in tabs:
                lists.enter_context(tab.expect_response(_is_list))
            for tab in tabs:
                tab.bring_to_front()  # a tab behind another may not have painted its button yet
                tab.get_by_role("button", name="Refresh the list").click()

    def expect_signed_in(self, *tabs: Page) -> None:
        """See that each tab shows this user and the list."""
        for tab in tabs:
            expect(tab.locator("#workspace")).to_be_visible()
            expect(tab.locator("#who")).to_have_text(self.username)

    def expect_signed_out(self, *tabs: Page, because: str = "") -> None:
        """See that each tab shows the sign-in form by itself, and says why."""
        for tab in tabs:
            expect(tab.locator("#sign-in")).to_be_visible()
            expect(tab.locator("#workspace")).to_be_hidden()
            expect(tab.locator("#status")).to_contain_text(because)

    def pass_time(
        self, context: BrowserContext, *, days: int = 0, hours: int = 0, minutes: int = 0, seconds: int = 0
    ) -> None:
        """Let time pass for the server and for every tab; timers that are due fire."""
        passed = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        self._move_server_clock(context, passed)
        context.clock.fast_forward(int(passed.total_seconds()) * 1000)

    def expire(self, context: BrowserContext) -> None:
        """Let an hour and five minutes pass, so that the access token has expired."""
        self.pass_time(context, hours=1, minutes=5)

    def sleep(self, context: BrowserContext, *, hours: int) -> None:
        """Let the computer sleep: the date goes on, for the server too, but no timer of a page fires."""
        self._move_server_clock(context, timedelta(hours=hours))
        self.set_clock_wrong(context, minutes_ahead=0)

    def set_clock_wrong(self, context: BrowserContext, *, minutes_ahead: int) -> None:
        """Set the computer's clock ahead of the server's; a negative number sets it behind."""
        off = timedelta(seconds=self.seconds_ahead, minutes=minutes_ahead)
        context.clock.set_system_time(datetime.now().astimezone() + off)

    def expire_and_hold_refresh(self, context: BrowserContext) -> Route:
        """Let the access token expire, and return the refresh that follows, which is stopped on its way."""
        held: list[Route] = []

        def hold(route: Route) -> None:
            held.append(route)

        context.route(REFRESH, hold, times=1)
        with context.expect_event("request", _is_refresh):
            self.expire(context)
        self.expect_signed_in(*context.pages)  # one more question to the browser: its answer comes after the route
        return held[0]

    def change_password(self, context: BrowserContext) -> None:
        """Give the user another password, as somebody may do on another device."""
        expect(context.request.post(f"{self.url}/lab/users/{self.username}/password/")).to_be_ok()

    def deactivate(self, context: BrowserContext) -> None:
        """Close the user's account, as an administrator may do."""
        expect(context.request.post(f"{self.url}/lab/users/{self.username}/deactivate/")).to_be_ok()

    def sessions_alive(self) -> list[bool]:
        """Return for each session of the user, oldest first, whether the server would still go on with it."""
        return [session.alive for session in Reference("family").sessions(self.url, self.username) or ()]

    def _move_server_clock(self, context: BrowserContext, passed: timedelta) -> None:
        self.seconds_ahead += int(passed.total_seconds())
        moved = context.request.put(f"{self.url}/lab/clock/", data={"offset_s": self.seconds_ahead})
        expect(moved).to_be_ok()


def refreshes_of(context: BrowserContext) -> list[str]:
    """Return a list that gets one more entry whenever a tab asks for a new token from now on."""
    refreshes: list[str] = []
    context.on("request", lambda request: refreshes.append(request.url) if _is_refresh(request) else None)
    return refreshes


def lose_reply(route: Route) -> None:
    """Let the server answer, and the page not hear of it.

    Good for tokens in the body only: Playwright would store a cookie of the reply all the same.
    """
    route.fetch()
    route.abort()


def _is_refresh(request: Request) -> bool:
    return request.url.endswith("/api/token/refresh/")


def _is_list(response: Response) -> bool:
    return response.url.endswith("/api/items/") and response.ok
