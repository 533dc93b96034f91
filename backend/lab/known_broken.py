"""Serves the page at /known_broken/<name>/ with the files that a known-broken client replaces."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from config.frontend import FrontendMiddleware

ADDRESS = re.compile(r"/known_broken/(?P<name>[A-Za-z0-9_-]+)(?P<url>/.*)")


class KnownBrokenMiddleware(FrontendMiddleware):
    """Looks for `session/<file>` in the known-broken client's folder first, then in the page's."""

    def candidate_paths_for_url(self, url: str) -> Iterator[str]:
        """Yield where the file may lie, the known-broken client's own first."""
        address = ADDRESS.fullmatch(url)
        if address is None:
            yield from super().candidate_paths_for_url(url)
            return
        folder = Path(settings.WHITENOISE_ROOT) / "known_broken" / address["name"]
        if folder.is_dir():
            if address["url"].startswith("/session/"):
                yield str(folder / address["url"].removeprefix("/session/"))
            yield from super().candidate_paths_for_url(address["url"])
