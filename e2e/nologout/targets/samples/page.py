"""The page of the sample apps: one door and one desk, behind which each app's client is another."""

from pathlib import Path

_PAGE = Path(__file__).with_name("page.html")


def page_with(client: Path) -> bytes:
    """Return the page with the script of an app's client in it."""
    return _PAGE.read_text("utf-8").replace("{client}\n", client.read_text("utf-8")).encode()
