"""The reply to a refresh is slow: a few seconds, or longer than anybody waits."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import (
    AwaitRace,
    AwaitServed,
    DeliverHeld,
    Expire,
    HoldRefreshes,
    PassTime,
    Poke,
    Scenario,
    ServeHeld,
    SignIn,
    Use,
)

HELD = (SignIn(), HoldRefreshes(("a",)), Expire(), Poke(), AwaitRace(), ServeHeld())

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="network",
        guide_cause=3,
        links=("https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2",),
    ),
    variants={
        "five_seconds": (*HELD, PassTime(seconds=5), DeliverHeld(), AwaitServed()),
        "beyond_patience": (*HELD, PassTime(seconds=20), DeliverHeld(), Use()),
    },
)
