"""Turns a database URL into Django's setting, with SQLite made fit for concurrent refreshes."""

from typing import Any

import dj_database_url

# Shorter than a browser's patience (8 s), so that contention is answered rather than timed out.
SQLITE_BUSY_TIMEOUT_S = 5

SQLITE_OPTIONS: dict[str, Any] = {
    "timeout": SQLITE_BUSY_TIMEOUT_S,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL;",
}


def database(url: str) -> dict[str, Any]:
    """Return the entry of DATABASES for a URL such as `postgres://…` or `sqlite:////absolute/path`."""
    entry: dict[str, Any] = {**dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True)}
    if entry["ENGINE"] == "django.db.backends.sqlite3":
        entry["OPTIONS"] = {**SQLITE_OPTIONS, **entry.get("OPTIONS", {})}
    return entry
