"""A browser without BroadcastChannel: two tabs expire together, then the user signs out, and in again."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import TWO_TABS_EXPIRE, AwaitEnd, PassTime, Scenario, SignIn, SignOut, Use, Without, both_orders

RACE = (Without("broadcast_channel"), *TWO_TABS_EXPIRE)
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
    variants=both_orders(RACE, *REST),
)
