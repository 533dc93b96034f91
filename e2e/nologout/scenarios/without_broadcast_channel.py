"""A browser without BroadcastChannel: two tabs expire together, then the user signs out, and in again."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import (
    AwaitEnd,
    AwaitRace,
    DeliverHeld,
    Expire,
    HoldRefreshes,
    OpenTab,
    PassTime,
    Poke,
    Scenario,
    ServeHeld,
    SignIn,
    SignOut,
    Use,
    Without,
)

TABS = ("a", "b")
RACE = (
    Without("broadcast_channel"),
    SignIn("a"),
    OpenTab("b"),
    HoldRefreshes(TABS),
    Expire(),
    Poke("a"),
    Poke("b"),
    AwaitRace(),
    ServeHeld(),
)
# Nobody tells the other tab, which looks for itself within 15 seconds.
REST = (
    Use("a"),
    Use("b"),
    SignOut("a"),
    PassTime(seconds=20),
    AwaitEnd("b"),
    SignIn("b"),
    PassTime(seconds=20),
)

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="tabs",
        guide_cause=2,
        links=("https://github.com/authelia/authelia/pull/4014",),
    ),
    variants={
        "winner_first": (*RACE, DeliverHeld("first_first"), *REST),
        "loser_first": (*RACE, DeliverHeld("last_first"), *REST),
    },
)
