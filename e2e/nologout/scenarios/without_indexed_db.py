"""A browser without IndexedDB: two tabs expire together, and the one that is left reloads alone."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import (
    TWO_TABS_EXPIRE,
    AwaitEnd,
    CloseTab,
    OpenTab,
    Reload,
    Scenario,
    SignIn,
    SignOut,
    Use,
    Without,
    both_orders,
)

RACE = (Without("indexed_db"), *TWO_TABS_EXPIRE)
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
    variants=both_orders(RACE, *REST),
)
