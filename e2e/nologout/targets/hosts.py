"""Which hosts may be disturbed: this machine, and what is allowed by name."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from nologout.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def is_this_machine(host: str) -> bool:
    """Tell whether a host name leads to this machine, whatever a name server says."""
    return host in _LOOPBACK or host.endswith(".localhost")


def may_be_disturbed(host: str, allowed: Collection[str]) -> bool:
    """Tell whether a host is this machine, or allowed."""
    return is_this_machine(host) or host.lower() in {each.lower() for each in allowed}


def check_allowed(url: str, allowed: Collection[str], whose: str) -> None:
    """Say no where a URL leads to a machine that nobody allowed; `whose` begins the sentence.

    Raises:
        UsageError: It does.
    """
    host = urlsplit(url).hostname or ""
    if not may_be_disturbed(host, allowed):
        hint = f"if the app is yours to disturb, and is no production: --allow-host {host}"
        raise UsageError(f"{whose}: {host} is not this machine", hint=hint)
