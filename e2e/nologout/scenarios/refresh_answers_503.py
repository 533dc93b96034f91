"""The server is overloaded for a moment and answers the refresh with 503."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import AnswerInstead, AwaitEffects, AwaitServed, Expire, Heal, Poke, Reload, Scenario, SignIn

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="network",
        guide_cause=3,
        links=("https://www.rfc-editor.org/rfc/rfc9110#section-15.6.4",),
    ),
    variants={
        body: (
            SignIn(),
            Reload(),
            AnswerInstead(503, body=body),
            Expire(),
            Poke(),
            AwaitEffects(),
            Heal(),
            AwaitServed(),
        )
        for body in ("html", "json")
    },
)
