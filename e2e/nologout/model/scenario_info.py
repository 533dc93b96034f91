"""What a scenario says about itself, apart from its steps."""

from __future__ import annotations

from typing import Literal

import msgspec

Group = Literal["frontend", "tabs", "network", "storage", "clock", "lifecycle", "server", "identity"]
Capability = Literal[
    "server_clock",
    "script_storage",
    "rotation",
    "reuse_detection",
    "replay",
    "accounts",
    "notes",
    "restart",
    "late_renewal",
    "idle",
]
Invariant = Literal[
    "no_needless_refresh",
    "thief_is_out",
    "no_dropped_request",
    "waits_as_told",
    "no_mixed_identity",
    "tells_why",
    "ends_once",
    "ends_at_server",
]


class ScenarioInfo(msgspec.Struct, frozen=True, kw_only=True):
    """A scenario's metadata.

    `guide_cause` is the number of the cause in the troubleshooting guide, 0 for those beyond it.
    `needs` are capabilities without which the scenario is skipped by name.
    `ends` says when the session must have ended: never (""), "always", or on a server that detects reuse.
    `also` names invariants beyond those that always hold.
    """

    group: Group
    guide_cause: int
    links: tuple[str, ...]
    needs: tuple[Capability, ...] = ()
    ends: Literal["", "always", "reuse_detection"] = ""
    also: tuple[Invariant, ...] = ()
    id: str = ""
    summary: str = ""

    def must_end(self, capabilities: frozenset[str]) -> bool:
        """Tell whether the session must have ended on a target with these capabilities."""
        return self.ends == "always" or (self.ends != "" and self.ends in capabilities)
