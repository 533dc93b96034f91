"""Fifty tabs find their access token expired at the same moment, and all want to refresh."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import Scenario, both_orders, crowd_expires

TABS = tuple(f"t{number:02}" for number in range(1, 51))

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="tabs",
        guide_cause=2,
        links=("https://github.com/keycloak/keycloak/issues/14122",),
    ),
    variants=both_orders(crowd_expires(TABS)),
)
