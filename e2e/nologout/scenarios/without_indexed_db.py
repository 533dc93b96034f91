"""A browser without IndexedDB: two tabs expire together, and the one that is left reloads alone."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import (
    AwaitEnd,
    AwaitRace,
    CloseTab,
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
    Without("indexed_db"),
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
    CloseTab("b"),
    Reload("a"),
    OpenTab("b"),
    SignOut("a"),
    AwaitEnd("b"),
    SignIn("b"),
)

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="storage",
        guide_cause=4,
        links=("https://github.com/firebase/firebase-js-sdk/issues/627",),
        needs=("script_storage",),
    ),
    variants={
        "winner_first": (*RACE, DeliverHeld("first_first"), *REST),
        "loser_first": (*RACE, DeliverHeld("last_first"), *REST),
    },
)
