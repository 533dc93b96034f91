"""A browser without Web Locks: two tabs expire together, and the one that refreshes may die."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import (
    TWO_TABS_EXPIRE,
    AwaitEffects,
    AwaitRace,
    Expire,
    Heal,
    HoldRefreshes,
    LeaveMidRefresh,
    OpenTab,
    PassTime,
    Poke,
    Scenario,
    SignIn,
    Use,
    Without,
    both_orders,
)

TABS = ("a", "b")
RACE = (Without("web_locks"), *TWO_TABS_EXPIRE)
BOTH = (Use("a"), Use("b"))
# Who comes later waits until the lease of the tab that is gone has run out.
HOLDER_CLOSES = (
    Without("web_locks"),
    SignIn("a"),
    HoldRefreshes(TABS),
    Expire(),
    Poke("a"),
    OpenTab("b", wait=False),
    AwaitRace(),
    LeaveMidRefresh("a", "close"),
    Heal(),
    AwaitEffects(),
    PassTime(seconds=10),
    Use("b"),
)

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="tabs",
        guide_cause=2,
        links=("https://github.com/nextauthjs/next-auth/pull/2357",),
    ),
    variants={
        **both_orders(RACE, *BOTH),
        "holder_closes": HOLDER_CLOSES,
    },
)
