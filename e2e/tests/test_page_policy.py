"""What keeps foreign scripts from the tokens: the page runs its server's files alone, and makes no markup of text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from demo_app import DemoApp

STATIC = Path(__file__).parents[2] / "frontend_static"
# What makes markup or a program of a text.
MAKERS = re.compile(
    r"\b(innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|createContextualFragment|parseFromString|srcdoc)\b"
    r"|document\.write|\beval\(|new Function\("
)
INJECT = """(make) => new Promise((resolve) => {
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    resolve([effectiveDirective, blockedURI, window.ran === true]);
  });
  const [name, property, value] = make;
  document.body.append(Object.assign(document.createElement(name), { [property]: value }));
  setTimeout(() => resolve(['nothing', '', window.ran === true]), 5000);
})"""


def files(ending: str) -> list[Path]:
    """Return the files that a browser may be served."""
    inner = ("tests", "tools", "benchmarks")
    return [path for path in STATIC.rglob(f"*.{ending}") if path.relative_to(STATIC).parts[0] not in inner]


def test_no_script_makes_markup_of_text() -> None:
    """Whatever a user or a server writes stays text."""
    assert len(files("js")) > 50
    found = {path.name: MAKERS.search(path.read_text("utf-8")) for path in files("js")}
    assert [f"{name}: {makes[0]}" for name, makes in found.items() if makes] == []


def test_page_has_no_script_of_its_own() -> None:
    """Each script is a file, and no element brings a handler or a link that is one."""
    (page,) = files("html")
    text = page.read_text("utf-8")
    assert re.findall(r"<script\b[^>]*>([^<]*)", text) == [""]
    assert re.findall(r"<script\b(?![^>]*\bsrc=)", text) == []
    assert re.findall(r"\son\w+\s*=|javascript:", text, re.IGNORECASE) == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("element", "blocked"),
    [
        (("script", "textContent", "window.ran = true"), ["script-src-elem", "inline", False]),
        (("script", "src", "data:text/javascript,window.ran = true"), ["script-src-elem", "data", False]),
    ],
)
def test_browser_runs_no_script_but_the_servers_files(
    element: tuple[str, str, str], blocked: list[object], page: Page, app: DemoApp
) -> None:
    """An inline script, or one of a data URL, is blocked by the page's policy."""
    page.goto(app.url)
    assert page.evaluate(INJECT, element) == blocked
