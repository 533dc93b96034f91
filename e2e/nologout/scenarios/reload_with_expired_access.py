"""The page is reloaded on two mornings in a row, each time with an access token that expired overnight."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import ExpireAsleep, Reload, Scenario, SignIn, Use

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="frontend",
        guide_cause=1,
        links=("https://www.rfc-editor.org/rfc/rfc6749#section-6",),
    ),
    variants={"": (SignIn(), *((ExpireAsleep(), Reload(), Use()) * 2))},
)
