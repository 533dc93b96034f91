"""Seven days and an hour go by: the session ends once, in every tab, and the user signs in again."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import AwaitEnd, OpenTab, PassTime, Scenario, SignIn, Use

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="identity",
        guide_cause=0,
        links=("https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2",),
        needs=("server_clock",),
        also=(
            "tells_why",
            "ends_once",
        ),
    ),
    variants={
        "": (
            SignIn("a"),
            OpenTab("b", deep=True),
            Use("b"),
            PassTime(days=7, hours=1),
            AwaitEnd("a"),
            AwaitEnd("b"),
            SignIn("b"),
            Use("b"),
        ),
    },
)
