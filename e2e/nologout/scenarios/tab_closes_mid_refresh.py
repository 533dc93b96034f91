"""A tab is closed while its refresh is under way, and another tab waits for the outcome."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import (
    AwaitRace,
    Expire,
    Heal,
    HoldRefreshes,
    LeaveMidRefresh,
    OpenTab,
    Poke,
    Scenario,
    ServeHeld,
    SignIn,
    Use,
)

TABS = ("a", "b")
RACE = (SignIn("a"), HoldRefreshes(TABS), Expire(), Poke("a"), OpenTab("b", wait=False), AwaitRace())

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="tabs",
        guide_cause=2,
        links=(
            "https://github.com/supabase/supabase-js/issues/2013",
            "https://github.com/supabase/supabase-js/issues/2426",
        ),
    ),
    variants={
        "before_server_acts": (*RACE, LeaveMidRefresh("a", "close"), Heal(), Use("b")),
        "after_server_acts": (*RACE, ServeHeld(), LeaveMidRefresh("a", "close"), Heal(), Use("b")),
    },
)
