"""A new tab is opened while another one refreshes the token that both need."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import (
    AwaitRace,
    Expire,
    HoldRefreshes,
    OpenTab,
    Poke,
    Scenario,
    ServeHeld,
    SignIn,
    Use,
    both_orders,
)

TABS = ("a", "b")
RACE = (
    SignIn("a"),
    HoldRefreshes(TABS),
    Expire(),
    Poke("a"),
    OpenTab("b", wait=False),
    AwaitRace(),
    ServeHeld(),
)

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="tabs",
        guide_cause=2,
        links=("https://github.com/auth0/auth0-spa-js/issues/553",),
    ),
    variants=both_orders(RACE, Use("b")),
)
