"""A browser without any storage for scripts: two tabs expire together, and one of them reloads."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import TWO_TABS_EXPIRE, AwaitEnd, Reload, Scenario, SignIn, SignOut, Use, Without, both_orders

RACE = (Without("storage"), *TWO_TABS_EXPIRE)
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
    variants=both_orders(RACE, *REST),
)
