"""A page that shows neither of its marks: where it is empty that is a finding, else nobody can tell."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from nologout import scenarios
from nologout.model.result import Result
from nologout.runner import Cell
from nologout.stage.browser.tab import Tab
from nologout.targets import Reference
from nologout.targets.foreign import ForeignTarget
from tests.moody_app import PASSWORD, USER, moody_app, written

pytestmark = pytest.mark.browser
Play = Callable[[Cell], Result]


@pytest.fixture(autouse=True)
def _account(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the account where the file says."""
    monkeypatch.setenv("MOODY_USER", USER)
    monkeypatch.setenv("MOODY_PASSWORD", PASSWORD)


def reloaded(folder: Path, play_cell: Play, mood: str) -> Result:
    """Return the result of a reload with an expired access token in an app of that mood."""
    with moody_app(mood) as app:
        target = ForeignTarget(written(folder, app.origin))
        return play_cell(Cell(scenarios.load("reload_with_expired_access"), "", target))


def test_page_that_stays_empty_fails_and_its_error_is_the_cause(tmp_path: Path, play_cell: Play) -> None:
    """The script that starts the page throws, and a person looks at nothing."""
    result = reloaded(tmp_path, play_cell, "white")
    assert (result.verdict, result.outcome, result.cause) == ("fail", "blank", "script_failed"), result.why
    assert result.why == "once the network had healed tab a is empty (no text, no picture and no field)"
    assert "no chunk" in result.evidence


def test_page_that_shows_something_else_is_unknown_and_names_both_marks(tmp_path: Path, play_cell: Play) -> None:
    """It may be signed in or not: its file does not say how to tell."""
    result = reloaded(tmp_path, play_cell, "loading")
    assert result.verdict == "unknown"
    assert result.why.startswith(
        "the app: tab a shows neither `marks.signed_in` (#desk) nor `marks.signed_out` (#door)"
    )


@pytest.mark.parametrize(
    ("body", "is_empty"),
    [
        ("", True),
        ("<p hidden>Hello", True),
        ("<div id=root></div><script>void 0</script>", True),
        ("Loading", False),
        ("<canvas></canvas>", False),
        ("<canvas style='display: none'></canvas>", True),
        ("<input type=hidden>", True),
        ("<button></button>", False),
        ("<div><template shadowrootmode=open>Hello</template></div>", False),
    ],
)
def test_page_is_empty_where_nothing_is_to_be_seen(page: Page, body: str, is_empty: bool) -> None:  # noqa: FBT001 - what a case expects
    """Text, pictures, fields and shadow roots are something."""
    page.set_content(f"<!doctype html><body>{body}")
    assert Tab("a", page, Reference("stock").app, "http://127.0.0.1").is_empty() == is_empty
