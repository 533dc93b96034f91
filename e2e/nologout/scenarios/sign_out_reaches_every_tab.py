"""The user signs out in one tab, and two others are open."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import OpenTab, Scenario, SignIn, SignOut

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="identity",
        guide_cause=0,
        links=("https://github.com/auth0/auth0-spa-js/issues/1596",),
        ends="always",
    ),
    variants={"": (SignIn("a"), OpenTab("b"), OpenTab("c"), SignOut("a"))},
)
