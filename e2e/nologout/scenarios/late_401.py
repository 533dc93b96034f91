"""A slow request is refused for its old token after another one has already brought a new token."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import AwaitDelayed, DelayReply, DeliverDelayed, ExpireUnseen, Poke, Scenario, SignIn, Use

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="frontend",
        guide_cause=1,
        links=("https://github.com/Flyrell/axios-auth-refresh/issues/117",),
        also=("no_needless_refresh",),
    ),
    variants={
        "": (
            SignIn(),
            ExpireUnseen(),
            DelayReply(401),
            Poke(),
            AwaitDelayed(),
            Use(),
            DeliverDelayed(),
            Use(),
        ),
    },
)
