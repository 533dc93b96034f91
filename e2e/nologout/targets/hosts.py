"""Which hosts are this machine: others are disturbed only with leave."""

from __future__ import annotations

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def is_this_machine(host: str) -> bool:
    """Tell whether a host name leads to this machine, whatever a name server says."""
    return host in _LOOPBACK or host.endswith(".localhost")
