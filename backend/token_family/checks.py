"""System checks: settings that would log people out, or keep a thief in."""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - Django's own name
from django.db import connections, router
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework_simplejwt.views import TokenRefreshView

from token_family.limits import NAMES, configured, current_limits
from token_family.models import TokenFamily


@register
def check_setting_names(**_: object) -> list[CheckMessage]:
    """E001: TOKEN_FAMILY holds a name that means nothing."""
    return [
        Error(
            f"TOKEN_FAMILY has no setting {name!r}.",
            hint=f"Choose from {', '.join(NAMES)}.",
            id="token_family.E001",
        )
        for name in configured()
        if name not in NAMES
    ]


@register
def check_coalesce_within_grace(**_: object) -> list[CheckMessage]:
    """E002: a token may be coalesced for longer than its predecessor is honoured."""
    limits = current_limits()
    if limits.coalesce <= limits.grace:
        return []
    return [
        Error(
            "TOKEN_FAMILY: COALESCE is longer than GRACE.",
            hint="Make COALESCE at most GRACE; racing tabs would otherwise count as late replays.",
            id="token_family.E002",
        )
    ]


@register
def check_refresh_view_commits_revocations(**_: object) -> list[CheckMessage]:
    """W001: under ATOMIC_REQUESTS a refused refresh undoes the revocation it has made."""
    database = router.db_for_write(TokenFamily)
    if not connections[database].settings_dict["ATOMIC_REQUESTS"]:
        return []
    return [
        Warning(
            f"The refresh view at '{route}' runs in a transaction, so a thief's token outlives detection.",
            hint="Wrap it: transaction.non_atomic_requests(TokenRefreshView.as_view()).",
            id="token_family.W001",
        )
        for route, view in _views(get_resolver().url_patterns)
        if _is_refresh_view(view) and database not in getattr(view, "_non_atomic_requests", ())
    ]


def _views(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _views(pattern.url_patterns, route)
        else:
            yield route, pattern.callback


def _is_refresh_view(view: Callable[..., Any]) -> bool:
    view_class = getattr(view, "cls", None)
    return isinstance(view_class, type) and issubclass(view_class, TokenRefreshView)
