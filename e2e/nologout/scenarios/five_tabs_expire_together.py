"""Five tabs find their access token expired at the same moment, and all want to refresh."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import Scenario, both_orders, crowd_expires

TABS = ("a", "b", "c", "d", "e")

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="tabs",
        guide_cause=2,
        links=("https://github.com/authts/oidc-client-ts/issues/430",),
    ),
    variants=both_orders(crowd_expires(TABS)),
)
