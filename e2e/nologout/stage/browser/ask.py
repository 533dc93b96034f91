"""Asks a page something, which may go elsewhere meanwhile: an app reloads by itself, or leads to another page."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from playwright.sync_api import Error as PlaywrightError

if TYPE_CHECKING:
    from playwright.sync_api import Page

_Answer = TypeVar("_Answer")
_LEFT = "Execution context was destroyed"


def ask(page: Page, script: str, otherwise: _Answer) -> _Answer:
    """Return what a script in the page returns, or `otherwise` where the page was left before it could.

    Raises:
        PlaywrightError: The script failed, or the page is closed.
    """
    try:
        answer: _Answer = page.evaluate(script)
    except PlaywrightError as error:
        if _LEFT not in error.message:
            raise
        return otherwise
    return answer
