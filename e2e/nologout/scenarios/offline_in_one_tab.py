"""One tab has no connection although its browser says so, and another tab renews the session."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import AwaitEffects, CutTabOff, Expire, Heal, OpenTab, Poke, Scenario, SignIn, Use

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="network",
        guide_cause=3,
        links=("https://github.com/clerk/javascript/issues/7912",),
    ),
    variants={
        "": (
            SignIn("a"),
            CutTabOff("a"),
            Expire(),
            Poke("a"),
            AwaitEffects(),
            OpenTab("b"),
            Use("b"),
            Heal(),
            Use("a"),
        ),
    },
)
