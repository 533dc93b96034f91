"""The server rotates the refresh token, and the reply that carries the new one is lost."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import AwaitEffects, Expire, LoseReply, Poke, Scenario, SignIn

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="network",
        guide_cause=3,
        links=("https://github.com/advplyr/audiobookshelf/issues/5281",),
    ),
    variants={"": (SignIn(), LoseReply("refresh"), Expire(), Poke(), AwaitEffects())},
)
