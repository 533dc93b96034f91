"""Does something in a page that needs the session: clicks, goes to another path inside the page, or follows a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.targets.app import FollowLink, Navigate

if TYPE_CHECKING:
    from playwright.sync_api import Page

_GO = """(path) => {
  history.pushState({}, "", path);
  dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
}"""
_FOLLOW = """(path) => {
  const link = Object.assign(document.createElement("a"), { href: path });
  document.body.append(link);
  link.click();
  link.remove();
}"""
_HERE = "location.pathname + location.search + location.hash"


def poke(page: Page, act: str | Navigate | FollowLink, patience_ms: int) -> None:
    """Do it; a click that cannot be done raises Playwright's TimeoutError."""
    if isinstance(act, Navigate):
        here = page.evaluate(_HERE)
        # A router does nothing where the path stays the same.
        page.evaluate(_GO, act.path if act.path != here else f"{act.path}?again")
        page.evaluate(_GO, here)
    elif isinstance(act, FollowLink):
        page.evaluate(_FOLLOW, act.path)
    else:
        page.click(act, timeout=patience_ms)
