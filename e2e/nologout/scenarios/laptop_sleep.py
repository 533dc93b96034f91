"""The laptop sleeps for two nights: its date goes on, and no timer of the page does."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import OpenTab, Scenario, SignIn, Sleep, Use

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="lifecycle",
        guide_cause=0,
        links=("https://github.com/okta/okta-auth-js/issues/1445",),
        needs=("idle",),
    ),
    variants={"": (SignIn("a"), OpenTab("b"), *((Sleep(hours=10), Use("a"), Use("b")) * 2))},
)
