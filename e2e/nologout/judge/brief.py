"""What the judge must know beside the history: what was to happen on this target."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from nologout.model.scenario_info import ScenarioInfo


class Brief(msgspec.Struct, frozen=True):
    """`must_end`: the session had to end; `also`: invariants of this scenario; `reuse_detection`: of the server."""

    must_end: bool = False
    also: tuple[str, ...] = ()
    reuse_detection: bool = False

    @classmethod
    def of(cls, info: ScenarioInfo, capabilities: frozenset[str]) -> Brief:
        """Return the brief for a scenario on a target with these capabilities."""
        return cls(info.must_end(capabilities), tuple(info.also), "reuse_detection" in capabilities)
