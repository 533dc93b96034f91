"""Database settings under which a refresh would undo a revocation, or fail although it need not."""

from django.core.checks import CheckMessage, Warning, register  # noqa: A004 - Django's own name
from django.db import connections, router
from rest_framework_simplejwt.views import TokenRefreshView

from token_family.checks.urls import views_of
from token_family.models import TokenFamily


@register
def check_refresh_view_commits_revocations(**_: object) -> list[CheckMessage]:
    """W001: under ATOMIC_REQUESTS a refused refresh undoes the revocation it has made."""
    database = router.db_for_write(TokenFamily)
    if not connections[database].settings_dict["ATOMIC_REQUESTS"]:
        return []
    return [
        Warning(
            f"The refresh view at '{route}' runs in a transaction, so a thief's token outlives detection.",
            hint=f'Wrap it: transaction.non_atomic_requests(using="{database}")(TokenRefreshView.as_view()).',
            id="token_family.W001",
        )
        for route, view in views_of(TokenRefreshView)
        if database not in getattr(view, "_non_atomic_requests", ())
    ]


@register
def check_sqlite_takes_its_lock_first(**_: object) -> list[CheckMessage]:
    """W002: SQLite's deferred transactions fail half-way where two refreshes meet."""
    connection = connections[router.db_for_write(TokenFamily)]
    if connection.vendor != "sqlite" or connection.settings_dict["OPTIONS"].get("transaction_mode") == "IMMEDIATE":
        return []
    return [
        Warning(
            "SQLite begins its transactions without the write lock, so that racing sign-ins answer 503.",
            hint='Set OPTIONS = {"transaction_mode": "IMMEDIATE"} (Django 5.1 or newer), or use PostgreSQL.',
            id="token_family.W002",
        )
    ]
