"""The page of `nologout diagnose --page`: a real browser opens it, signs in, and is signed out again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer
from playwright.sync_api import Error as PlaywrightError

from nologout.cli.checks import launched, need_browser, page_address
from nologout.diagnose.api import is_signed_out, sign_out
from nologout.diagnose.detect.browse.explore import Explorer
from nologout.diagnose.page import is_ended, left, page_of
from nologout.errors import TargetError
from nologout.redact import redact
from nologout.targets.hosts import check_allowed

if TYPE_CHECKING:
    from nologout.diagnose.detect.rules.seen import Seen
    from nologout.diagnose.observed import Observed
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


def look(asked: Asked, user: Credentials, wire: Wire, observed: Observed, ca_file: str = "") -> None:
    """Add to what was observed what the page shows; count its session where that could not be ended.

    `ca_file` holds certificates of a private CA.
    """
    try:
        with launched(asked.found, headed=asked.headed) as driven:
            explorer = Explorer(driven, asked.origin, asked.allowed, asked.within_s, ca_file)
            try:
                seen = explorer.explore(asked.path, user)
            except TargetError:
                observed.left_signed_in += explorer.has_signed_in
                raise
    except (TargetError, PlaywrightError) as error:
        observed.page_untold = f"{redact(str(error)).splitlines()[0]} (`nologout init` tells what to do)"
        return
    observed.page = page_of(seen, user.username)
    observed.left_signed_in += not _is_over(seen, wire, observed)


def _is_over(seen: Seen, wire: Wire, observed: Observed) -> bool:
    """End the page's session through the API where the page itself did not; tell whether it has ended."""
    if is_ended(seen):
        return True
    tokens = left(seen)
    return tokens is not None and is_signed_out(sign_out(wire, observed.paths, tokens))
