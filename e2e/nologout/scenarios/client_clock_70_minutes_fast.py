"""The device's clock is 70 minutes ahead, so that every new access token looks expired to it."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import OpenTab, Reload, Scenario, SignIn, SkewBrowser, Use

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="clock",
        guide_cause=5,
        links=("https://github.com/koala73/worldmonitor/issues/5932",),
        also=("no_needless_refresh",),
    ),
    variants={"": (OpenTab("a"), SkewBrowser(70), SignIn("a"), Use(), Use(), Reload(), Use(), Use())},
)
