"""Serves the page with other files in the place of some: known-broken clients, and variants of the page."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from config.frontend import FrontendMiddleware, belongs_to_page

ADDRESS = re.compile(r"/(?P<kind>known_broken|variants)/(?P<name>[A-Za-z0-9_-]+)(?P<url>/.*)")

# What a known-broken client's folder mirrors, and what a variant's does.
MIRRORS = {"known_broken": "/session/", "variants": "/"}

# Packages of npm that a variant imports as an app's bundler would; not there before `npm install`.
VENDOR = {"/vendor/axios.js": "axios/dist/esm/axios.min.js"}


class OverlayMiddleware(FrontendMiddleware):
    """Looks for a file in the overlay's folder first, then in the page's."""

    def candidate_paths_for_url(self, url: str) -> Iterator[str]:
        """Yield where the file may lie, the overlay's own first."""
        if url in VENDOR:
            yield str(settings.BACKEND.parent / "node_modules" / VENDOR[url])
            return
        address = ADDRESS.fullmatch(url)
        if address is None:
            yield from super().candidate_paths_for_url(url)
            return
        folder = Path(settings.WHITENOISE_ROOT) / address["kind"] / address["name"]
        if folder.is_dir():
            yield from self._replacements(folder, MIRRORS[address["kind"]], address["url"])
            yield from super().candidate_paths_for_url(address["url"])

    def _replacements(self, folder: Path, mirrors: str, url: str) -> Iterator[str]:
        if belongs_to_page(url) and url.startswith(mirrors):
            yield str(folder / url.removeprefix(mirrors))
