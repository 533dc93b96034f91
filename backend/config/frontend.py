"""Serves the page's own files from the frontend's folder, and nothing else that lies there."""

import os
from collections.abc import Iterator
from wsgiref.headers import Headers

from django.conf import settings
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]

StatCache = dict[str, os.stat_result]

PAGE = {"/", "/index.html", "/app.js", "/requests.js", "/app.css", "/frontend_token_solution.js"}


def belongs_to_page(url: str) -> bool:
    """Tell whether a URL path is one of the page's files (known_broken/ and tests/ are not)."""
    return url in PAGE or url.startswith(("/page/", "/session/"))


def add_cache_control(headers: Headers, _path: str, _url: str) -> None:
    """Let browsers keep a file but ask each time whether it changed: no hash in its name would tell.

    Where the files cannot change meanwhile, FRONTEND_MAX_AGE gives the seconds to go without asking.
    """
    seconds: int = settings.FRONTEND_MAX_AGE
    headers["Cache-Control"] = f"max-age={seconds}" if seconds else "no-cache"


class FrontendMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc] # whitenoise has no types
    """Whitenoise, narrowed to the files of the page."""

    def add_file_to_dictionary(self, url: str, path: str, stat_cache: StatCache | None = None) -> None:
        """Register a file found at start-up, if it belongs to the page."""
        if belongs_to_page(url):
            super().add_file_to_dictionary(url, path, stat_cache=stat_cache)

    def candidate_paths_for_url(self, url: str) -> Iterator[str]:
        """Yield where a file of the page may lie, when files are looked up at each request."""
        if belongs_to_page(url):
            yield from super().candidate_paths_for_url(url)
