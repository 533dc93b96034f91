"""The browser denies the app its storage, and the app is open in two tabs."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import DenyStorage, ExpireAsleep, OpenTab, Scenario, SignIn, Use

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="storage",
        guide_cause=4,
        links=("https://developer.mozilla.org/en-US/docs/Web/API/Window/localStorage#exceptions",),
        needs=("script_storage",),
    ),
    variants={"": (DenyStorage(), SignIn("a"), OpenTab("b"), ExpireAsleep(), Use("a"), Use("b"))},
)
