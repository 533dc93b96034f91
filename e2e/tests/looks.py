"""Looks at a page as a reviewer would: accessible, in light and dark, and nothing beyond the edge of a small phone."""

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # ships no types
from playwright.sync_api import Page

SMALL_PHONE = {"width": 320, "height": 640}
SCHEMES = ("light", "dark")
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def complaints_about(page: Page) -> list[str]:
    """Return what axe finds in either colour scheme, and whether the page must be scrolled sideways."""
    page.set_viewport_size(SMALL_PHONE)  # type: ignore[arg-type] # a dict of the right keys
    found = [f"{scheme}: {line}" for scheme in SCHEMES for line in _axe_in(page, scheme)]
    too_wide = page.evaluate(_OVERFLOW)
    return [*found, *([f"{too_wide} px too wide"] if too_wide else [])]


def _axe_in(page: Page, scheme: str) -> list[str]:
    # A transition would be measured half-way between the two schemes.
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type] # one of SCHEMES
    violations = Axe().run(page).response["violations"]
    return [f"{v['id']}: {node['html']}" for v in violations for node in v["nodes"]]
