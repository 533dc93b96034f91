"""The server throttles the refresh and says how long to wait."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import AnswerInstead, AwaitEffects, AwaitServed, Expire, Heal, Poke, Reload, Scenario, SignIn

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="network",
        guide_cause=3,
        links=(
            "https://github.com/supabase/auth-js/issues/141",
            "https://www.rfc-editor.org/rfc/rfc6585#section-4",
        ),
        also=("waits_as_told",),
    ),
    variants={
        "": (
            SignIn(),
            Reload(),
            AnswerInstead(429, body="json", retry_after_s=3),
            Expire(),
            Poke(),
            AwaitEffects(),
            Heal(),
            AwaitServed(),
        ),
    },
)
