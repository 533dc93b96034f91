"""The page is reloaded while its refresh is under way."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import (
    AwaitRace,
    Expire,
    Heal,
    HoldRefreshes,
    LeaveMidRefresh,
    Poke,
    Scenario,
    ServeHeld,
    SignIn,
    Use,
)

HELD = (SignIn(), HoldRefreshes(("a",)), Expire(), Poke(), AwaitRace())

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="frontend",
        guide_cause=1,
        links=("https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2",),
    ),
    variants={
        "before_server_acts": (*HELD, LeaveMidRefresh(by="reload"), Heal(), Use()),
        "after_server_acts": (*HELD, ServeHeld(), LeaveMidRefresh(by="reload"), Heal(), Use()),
    },
)
