"""What the app has stored is torn, as by a crash in the middle of a write."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import CorruptStorage, Expire, Scenario, SignIn, Use

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="storage",
        guide_cause=4,
        links=("https://html.spec.whatwg.org/multipage/webstorage.html",),
        needs=("script_storage",),
    ),
    variants={"": (SignIn(), CorruptStorage(), Expire(), Use())},
)
