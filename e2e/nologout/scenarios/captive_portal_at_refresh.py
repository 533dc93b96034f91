"""A captive portal, a firewall or a deploy page answers the refresh with HTML."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import AnswerInstead, AwaitEffects, Expire, Heal, Poke, Scenario, SignIn

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="network",
        guide_cause=3,
        links=("https://github.com/supabase/auth-js/issues/141",),
    ),
    variants={
        f"html_{status}": (SignIn(), AnswerInstead(status), Expire(), Poke(), AwaitEffects(), Heal())
        for status in (200, 403, 511)
    },
)
