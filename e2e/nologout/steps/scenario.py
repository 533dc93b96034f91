"""A scenario: what it says about itself, and its steps, in one variant or several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nologout.model.scenario_info import ScenarioInfo
    from nologout.steps.step import Step

ONLY = ""


@dataclass(frozen=True)
class Scenario:
    """Metadata and steps; `variants` maps a variant's name (`ONLY` where there is one) to its steps."""

    info: ScenarioInfo
    variants: Mapping[str, tuple[Step, ...]]
