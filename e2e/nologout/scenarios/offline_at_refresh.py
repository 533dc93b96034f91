"""The device is offline at the moment when the access token must be renewed."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import Expire, GoOffline, Heal, Poke, Scenario, SignIn, Use

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="network",
        guide_cause=3,
        links=(
            "https://github.com/supabase/auth-js/issues/141",
            "https://github.com/nextauthjs/next-auth/issues/9139",
        ),
    ),
    variants={"": (SignIn(), GoOffline(), Expire(), Poke(), Heal(), Use())},
)
