"""The page of `nologout diagnose --page`: a real browser opens it, signs in, and is signed out again.

It is looked at before the API is asked: what it asks for tells where the endpoints are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer
from playwright.sync_api import Error as PlaywrightError

from nologout.cli.checks import launched, need_browser, page_address
from nologout.diagnose.api import is_signed_out, sign_out
from nologout.diagnose.detect.browse.explore import Explorer
from nologout.diagnose.page import Endpoints, endpoints_of, is_ended, left, page_of
from nologout.errors import TargetError
from nologout.redact import redact
from nologout.targets.hosts import check_allowed

if TYPE_CHECKING:
    from nologout.diagnose.detect.rules.seen import Seen
    from nologout.diagnose.observed import Observed, Paths
    from nologout.diagnose.probe import Plan
    from nologout.diagnose.wire import Wire
    from nologout.stage.browser.find import FoundBrowser
    from nologout.targets.target import Credentials

PageUrl = Annotated[
    str,
    typer.Option(
        "--page",
        metavar="URL",
        help="The app's page, or the one with its form: a real browser signs in there once more, and looks.",
    ),
]
Within = Annotated[float, typer.Option(metavar="SECONDS", min=5, help="With --page: the browser takes no longer.")]


class Asked(NamedTuple):
    """A page that may be looked at, and the browser for it."""

    origin: str
    path: str
    allowed: frozenset[str]
    found: FoundBrowser
    headed: bool
    within_s: float


def asked_page(url: str, allowed: frozenset[str], browser: str, within_s: float, *, headed: bool) -> Asked:
    """Return what `--page` asks for, before anything is started.

    Raises:
        UsageError: It is no address, another machine's that nobody gave leave for, or there is no browser.
    """
    origin, path = page_address(url)
    check_allowed(origin, allowed, "--page")
    return Asked(origin, path, allowed, need_browser(browser, headed=headed), headed, within_s)


class Look(NamedTuple):
    """What was seen of a page, or why nothing was; `is_signed_in`: a session was begun that the page did not end."""

    seen: Seen | None = None
    untold: str = ""
    is_signed_in: bool = False

    def plan(self, plan: Plan, api: str, user: Credentials) -> Plan:
        """Return a plan for an API, with the page's endpoints and its word for a user's name where it lacks them."""
        shown = endpoints_of(self.seen, api, user.username) if self.seen else Endpoints()
        name = plan.username_field or shown.username_field
        return plan._replace(given=plan.given.or_else(shown.paths), username_field=name)

    def end(self, wire: Wire, paths: Paths) -> Look:
        """End the page's session through the API, where the page itself did not."""
        tokens = left(self.seen) if self.seen and self.is_signed_in else None
        is_over = tokens is not None and is_signed_out(sign_out(wire, paths, tokens))
        return self._replace(is_signed_in=self.is_signed_in and not is_over)

    def add_to(self, observed: Observed, user: Credentials) -> None:
        """Write down what the page showed, and count its session where that has not ended."""
        observed.page = page_of(self.seen, user.username) if self.seen else None
        observed.page_untold = self.untold
        observed.left_signed_in += self.is_signed_in


def look(asked: Asked, user: Credentials, ca_file: str = "") -> Look:
    """Return what a browser saw of the page; `ca_file` holds certificates of a private CA."""
    has_signed_in = False
    try:
        with launched(asked.found, headed=asked.headed) as driven:
            explorer = Explorer(driven, asked.origin, asked.allowed, asked.within_s, ca_file)
            try:
                seen = explorer.explore(asked.path, user)
            finally:
                has_signed_in = explorer.has_signed_in
    except (TargetError, PlaywrightError) as error:
        why = f"{redact(str(error)).splitlines()[0]} (`nologout init` tells what to do)"
        return Look(untold=why, is_signed_in=has_signed_in)
    return Look(seen, is_signed_in=not is_ended(seen))
