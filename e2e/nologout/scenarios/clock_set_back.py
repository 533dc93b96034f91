"""The device's clock is set back by three hours in the middle of a session."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import Expire, PassTime, Reload, Scenario, SignIn, SkewBrowser, Use

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="clock",
        guide_cause=5,
        links=("https://github.com/manfredsteyer/angular-oauth2-oidc/issues/1135",),
    ),
    variants={"": (SignIn(), SkewBrowser(-180), Expire(), Use(), PassTime(minutes=5), Use(), Reload(), Use())},
)
