"""Finds the project's views of a kind."""

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.views import View


def views_of(*classes: type[View]) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield the route and the view of each URL that one of these classes, or a subclass, answers."""
    # A project may have no URLs at all, as one that only runs commands.
    patterns = get_resolver().url_patterns if getattr(settings, "ROOT_URLCONF", None) else []
    for route, view in _all(patterns):
        view_class = getattr(view, "cls", None)
        if isinstance(view_class, type) and issubclass(view_class, classes):
            yield route, view


def _all(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from _all(pattern.url_patterns, route)
        else:
            yield route, pattern.callback
