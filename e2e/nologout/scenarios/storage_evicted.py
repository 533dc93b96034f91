"""The browser clears what the app has stored, while its tabs are open."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import EvictStorage, ExpireAsleep, OpenTab, Scenario, SignIn, Use

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="storage",
        guide_cause=4,
        links=(
            "https://github.com/supabase/supabase-js/issues/1317",
            "https://github.com/firebase/firebase-js-sdk/issues/10041",
        ),
        needs=("script_storage",),
    ),
    variants={"": (SignIn("a"), OpenTab("b"), EvictStorage(), ExpireAsleep(), Use("a"), Use("b"))},
)
