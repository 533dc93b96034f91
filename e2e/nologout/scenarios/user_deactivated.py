"""The user is barred from the app, and two tabs are open."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import AwaitEnd, DeactivateUser, Expire, OpenTab, Poke, Scenario, SignIn

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="identity",
        guide_cause=0,
        links=("https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html",),
        needs=(
            "accounts",
            "server_clock",
        ),
        ends="always",
        also=(
            "tells_why",
            "ends_once",
        ),
    ),
    variants={
        "at_work": (SignIn("a"), OpenTab("b"), DeactivateUser(), Poke("a")),
        "when_expired": (SignIn("a"), OpenTab("b"), DeactivateUser(), Expire(), AwaitEnd("a"), AwaitEnd("b")),
    },
)
