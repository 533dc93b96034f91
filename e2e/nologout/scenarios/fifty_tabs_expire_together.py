"""Fifty tabs find their access token expired at the same moment, and all want to refresh."""

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

TABS = tuple(f"t{number:02}" for number in range(1, 51))
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
        links=("https://github.com/keycloak/keycloak/issues/14122",),
    ),
    variants={
        "winner_first": (*RACE, DeliverHeld("first_first")),
        "loser_first": (*RACE, DeliverHeld("last_first")),
    },
)
