"""The reply to a refresh is lost, and there is no network for the eight hours after it."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import AwaitEffects, Expire, Heal, LoseReply, PassTime, Poke, Scenario, SignIn, Use

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="network",
        guide_cause=3,
        links=("https://github.com/advplyr/audiobookshelf/issues/5281",),
        needs=("server_clock",),
    ),
    variants={
        "": (
            SignIn(),
            LoseReply("refresh", then_silence=True),
            Expire(),
            Poke(),
            AwaitEffects(),
            PassTime(hours=8),
            Heal(),
            Use(),
        ),
    },
)
