"""The demo app as a tester meets it: an address, a user, and a server whose clock can be moved."""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Page, expect


@dataclass
class DemoApp:
    """A running demo app with a user of this test's own."""

    url: str
    username: str
    password: str = field(repr=False)  # a failing test shows its arguments
    seconds_ahead: int = 0

    def sign_in(self, page: Page) -> None:
        """Open the app in a tab and sign in by hand."""
        page.goto(self.url)
        page.get_by_label("Name").fill(self.username)
        page.get_by_label("Password").fill(self.password)
        page.get_by_role("button", name="Sign in").click()
        expect(page.locator("#workspace")).to_be_visible()

    def pass_time(self, context: BrowserContext, *, days: int = 0, hours: int = 0, minutes: int = 0) -> None:
        """Let time pass for the server and for every tab, after `context.clock.install()` before the first page.

        An access token lives for an hour, a refresh token for seven days.
        """
        seconds = ((days * 24 + hours) * 60 + minutes) * 60
        self.seconds_ahead += seconds
        moved = context.request.put(f"{self.url}/lab/clock/", data={"offset_s": self.seconds_ahead})
        expect(moved).to_be_ok()
        context.clock.fast_forward(seconds * 1000)
