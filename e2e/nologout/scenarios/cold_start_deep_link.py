"""The app was closed; two hours later the user follows a link that leads into it."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import CloseTab, OpenTab, PassTime, Scenario, SignIn, Use

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="frontend",
        guide_cause=1,
        links=("https://www.rfc-editor.org/rfc/rfc6749#section-6",),
    ),
    variants={"": (SignIn("a"), CloseTab("a"), PassTime(hours=2), OpenTab("b", deep=True), Use("b"))},
)
