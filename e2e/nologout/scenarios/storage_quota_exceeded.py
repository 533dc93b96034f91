"""Storage is full at the moment when the rotated token must be written, and has room again a minute later."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import AwaitEffects, Expire, FillStorage, Heal, LimitStorage, PassTime, Scenario, SignIn, Use

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="storage",
        guide_cause=4,
        links=("https://github.com/auth0/auth0-spa-js/issues/455",),
        needs=("script_storage",),
    ),
    variants={
        "": (
            LimitStorage(),
            SignIn(),
            FillStorage(),
            Expire(),
            PassTime(seconds=1),
            Use(),
            AwaitEffects(),
            Heal(),
            PassTime(minutes=1),
            Use(),
        )
    },
)
