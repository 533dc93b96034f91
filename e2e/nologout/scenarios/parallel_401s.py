"""Three requests of one page are refused at the same time, and only one refresh may follow."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import AwaitServed, DeliverRefusals, ExpireUnseen, PokeTogether, RefuseTogether, Scenario, SignIn

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="frontend",
        guide_cause=1,
        links=(
            "https://github.com/Flyrell/axios-auth-refresh/issues/90",
            "https://github.com/axios/axios/issues/450",
        ),
        also=(
            "no_needless_refresh",
            "no_dropped_request",
        ),
    ),
    variants={
        "": (
            SignIn(),
            ExpireUnseen(),
            RefuseTogether(3),
            PokeTogether(times=3),
            DeliverRefusals(),
            AwaitServed(),
        ),
    },
)
