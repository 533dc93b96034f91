"""The user comes back twice on one day after two hours, longer than an access token lives."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import PassTime, Scenario, SignIn, Use

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="clock",
        guide_cause=5,
        links=("https://www.rfc-editor.org/rfc/rfc6749#section-6",),
        needs=("idle",),
    ),
    variants={"": (SignIn(), *((PassTime(hours=2), Use()) * 2))},
)
