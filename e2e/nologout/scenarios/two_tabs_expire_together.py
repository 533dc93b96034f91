"""Two tabs find their access token expired at the same moment, and both want to refresh."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import (
    AwaitRace,
    DeliverHeld,
    Expire,
    HoldRefreshes,
    OpenTab,
    Poke,
    Scenario,
    ServeHeld,
    SignIn,
)

TABS = ("a", "b")
RACE = (
    SignIn("a"),
    OpenTab("b"),
    HoldRefreshes(TABS),
    Expire(),
    Poke("a"),
    Poke("b"),
    AwaitRace(),
    ServeHeld(),
)

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="tabs",
        guide_cause=2,
        links=(
            "https://github.com/keycloak/keycloak/issues/14122",
            "https://github.com/authts/oidc-client-ts/issues/430",
        ),
    ),
    variants={
        "winner_first": (*RACE, DeliverHeld("first_first")),
        "loser_first": (*RACE, DeliverHeld("last_first")),
    },
)
