"""The refresh never reaches the server: its connection breaks on the way."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import AwaitEffects, Expire, LoseRequest, Poke, Scenario, SignIn

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="network",
        guide_cause=3,
        links=("https://github.com/better-auth/better-fetch/issues/90",),
    ),
    variants={"": (SignIn(), LoseRequest("refresh"), Expire(), Poke(), AwaitEffects())},
)
