"""The user works for an hour, leaves the tab open for 6 days and 23 hours, and comes back."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import PassTime, Scenario, SignIn, Use

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="clock",
        guide_cause=5,
        links=("https://www.rfc-editor.org/rfc/rfc9700#section-4.14",),
        needs=("idle",),
    ),
    variants={"": (SignIn(), PassTime(hours=1, minutes=5), Use(), PassTime(days=6, hours=23), Use())},
)
