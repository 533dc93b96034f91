"""The user comes back every second day for two weeks, longer than the first refresh token lives."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import PassTime, Scenario, SignIn, Use

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="frontend",
        guide_cause=1,
        links=("https://www.rfc-editor.org/rfc/rfc9700#section-4.14",),
        needs=("idle",),
    ),
    variants={"": (SignIn(), *((PassTime(days=2), Use()) * 7))},
)
