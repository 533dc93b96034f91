"""What the judge must know beside the history: what was to happen on this target."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from nologout.model.history import StepBegan

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.model.scenario_info import ScenarioInfo


class Brief(msgspec.Struct, frozen=True):
    """`must_end`: the session had to end; `also`: invariants of this scenario; the rest is true of the server.

    `rotation`: a refresh token is good for one refresh; `reuse_detection`: a second one ends the session.
    """

    must_end: bool = False
    also: tuple[str, ...] = ()
    rotation: bool = True
    reuse_detection: bool = False

    @classmethod
    def of(cls, info: ScenarioInfo, capabilities: frozenset[str]) -> Brief:
        """Return the brief for a scenario on a target with these capabilities."""
        has = {name: name in capabilities for name in ("rotation", "reuse_detection")}
        return cls(must_end=info.must_end(capabilities), also=tuple(info.also), **has)

    def as_far_as(self, history: History) -> Brief:
        """Return the brief for as far as the steps came: before one that ends the session it must live."""
        begun = any(isinstance(e, StepBegan) and e.ends for e in history.events)
        return msgspec.structs.replace(self, must_end=self.must_end and begun)
