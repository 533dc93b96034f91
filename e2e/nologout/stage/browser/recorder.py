"""The recorder: a script in every page that tells the tape what the page does."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from nologout.model.history import PageEvent
from nologout.redact import redact
from nologout.stage.browser.ask import ask

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from nologout.stage.tape import Tape

_SCRIPT = resources.files("nologout.stage.browser").joinpath("recorder.js").read_text("utf-8")


def record(context: BrowserContext, tape: Tape, name_of: Callable[[Page], str]) -> None:
    """Have every page of the context, present and future, tell the tape what it does."""

    def hear(source: dict[str, Page], name: str, detail: str) -> None:
        tape.add(PageEvent(tab=name_of(source["page"]), name=name, detail=redact(detail)))

    context.expose_binding("__nologout_tell", hear)
    context.add_init_script(_SCRIPT)


def pending(page: Page) -> int:
    """Return how many requests of the page's scripts are without a reply; 0 on a blank page.

    A page that is left while it is asked has one: the next page.
    """
    return ask(page, "() => window.__nologout_state?.pending ?? 0", 1)
