"""The device's clock is ten minutes behind, so that an expired access token still looks good to it."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import Expire, OpenTab, Reload, Scenario, SignIn, SkewBrowser, Use

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="clock",
        guide_cause=5,
        links=(
            "https://github.com/workos/authkit-nextjs/issues/470",
            "https://github.com/firebase/firebase-js-sdk/issues/6032",
        ),
    ),
    variants={"": (OpenTab("a"), SkewBrowser(-10), SignIn("a"), Expire(), Use(), Reload(), Use())},
)
