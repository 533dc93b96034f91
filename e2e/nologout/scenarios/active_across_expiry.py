"""The user works on while the access token comes to its end."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import NearExpiry, PassTime, Scenario, SignIn, Use

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="clock",
        guide_cause=5,
        links=("https://www.rfc-editor.org/rfc/rfc6749#section-6",),
        needs=("server_clock",),
    ),
    variants={"": (SignIn(), *((NearExpiry(), Use(), PassTime(minutes=2), Use()) * 2))},
)
