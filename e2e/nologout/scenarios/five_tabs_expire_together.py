"""Five tabs find their access token expired at the same moment, and all want to refresh."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import (
    AwaitRace,
    DeliverHeld,
    Expire,
    HoldRefreshes,
    OpenTab,
    PokeTogether,
    Scenario,
    ServeHeld,
    SignIn,
)

TABS = ("a", "b", "c", "d", "e")
FIRST, *OTHERS = TABS
RACE = (
    SignIn(FIRST),
    *(OpenTab(tab) for tab in OTHERS),
    HoldRefreshes(TABS),
    Expire(),
    *(PokeTogether(tab, times=1) for tab in TABS),
    AwaitRace(),
    ServeHeld(),
)

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="tabs",
        guide_cause=2,
        links=("https://github.com/authts/oidc-client-ts/issues/430",),
    ),
    variants={
        "winner_first": (*RACE, DeliverHeld("first_first")),
        "loser_first": (*RACE, DeliverHeld("last_first")),
    },
)
