"""The user signs out in one tab while another one refreshes."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import (
    AwaitRace,
    ExpireUnseen,
    Heal,
    HoldRefreshes,
    OpenTab,
    Poke,
    Scenario,
    ServeHeld,
    SignIn,
    SignOut,
)

HELD = (SignIn("a"), OpenTab("b"), HoldRefreshes(("a",)), ExpireUnseen(), Poke("a"), AwaitRace())

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="identity",
        guide_cause=0,
        links=("https://github.com/auth0/auth0-spa-js/issues/1596",),
        needs=("server_clock",),
        ends="always",
        also=("ends_at_server",),
    ),
    variants={
        "before_server_acts": (*HELD, SignOut("b"), Heal()),
        "after_server_acts": (*HELD, ServeHeld(), SignOut("b"), Heal()),
    },
)
