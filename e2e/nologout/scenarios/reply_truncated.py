"""The reply to a refresh breaks off in the middle of the new tokens."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import AwaitEffects, CutReply, Expire, Poke, Scenario, SignIn

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="network",
        guide_cause=3,
        links=("https://www.rfc-editor.org/rfc/rfc9112#section-8",),
    ),
    variants={"": (SignIn(), CutReply(), Expire(), Poke(), AwaitEffects())},
)
