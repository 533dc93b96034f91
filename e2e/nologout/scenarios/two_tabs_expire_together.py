"""Two tabs find their access token expired at the same moment, and both want to refresh."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import TWO_TABS_EXPIRE, Scenario, both_orders

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="tabs",
        guide_cause=2,
        links=(
            "https://github.com/keycloak/keycloak/issues/14122",
            "https://github.com/authts/oidc-client-ts/issues/430",
        ),
    ),
    variants=both_orders(TWO_TABS_EXPIRE),
)
