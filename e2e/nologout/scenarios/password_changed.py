"""The user's password is changed elsewhere, and two tabs are open."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import ChangePassword, OpenTab, Poke, Scenario, SignIn

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="identity",
        guide_cause=0,
        links=("https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html",),
        needs=("accounts",),
        ends="always",
        also=(
            "tells_why",
            "ends_once",
        ),
    ),
    variants={"": (SignIn("a"), OpenTab("b"), ChangePassword(), Poke("a"))},
)
