"""The server is restarted while a refresh stands at its door."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import (
    AwaitEffects,
    AwaitRace,
    Expire,
    Heal,
    HoldRefreshes,
    Poke,
    Scenario,
    ServeHeld,
    SignIn,
    StopServer,
    Use,
)

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="server",
        guide_cause=0,
        links=("https://www.rfc-editor.org/rfc/rfc9110#section-15.6.3",),
        needs=("restart",),
    ),
    variants={
        "": (
            SignIn(),
            HoldRefreshes(("a",)),
            Expire(),
            Poke(),
            AwaitRace(),
            StopServer(),
            ServeHeld(),
            AwaitEffects(),
            Heal(),
            Use(),
        ),
    },
)
