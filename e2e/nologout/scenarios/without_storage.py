"""A browser without any storage for scripts: two tabs expire together, and one of them reloads."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import (
    AwaitEnd,
    AwaitRace,
    DeliverHeld,
    Expire,
    HoldRefreshes,
    OpenTab,
    Poke,
    Reload,
    Scenario,
    ServeHeld,
    SignIn,
    SignOut,
    Use,
    Without,
)

TABS = ("a", "b")
RACE = (
    Without("storage"),
    SignIn("a"),
    OpenTab("b"),
    HoldRefreshes(TABS),
    Expire(),
    Poke("a"),
    Poke("b"),
    AwaitRace(),
    ServeHeld(),
)
REST = (
    Use("a"),
    Use("b"),
    Reload("b"),
    Use("b"),
    SignOut("a"),
    AwaitEnd("b"),
    SignIn("b"),
)

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="storage",
        guide_cause=4,
        links=("https://github.com/dmonad/lib0/pull/80",),
        needs=("script_storage",),
    ),
    variants={
        "winner_first": (*RACE, DeliverHeld("first_first"), *REST),
        "loser_first": (*RACE, DeliverHeld("last_first"), *REST),
    },
)
