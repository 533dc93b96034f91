"""Somebody else signs in in another tab, while a note of the first user waits for a new token."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import (
    AwaitRace,
    ExpireAsleep,
    ExpireUnseen,
    Heal,
    HoldRefreshes,
    OpenTab,
    Scenario,
    SignIn,
    SignOut,
    Use,
    WriteNote,
)

BEFORE = (SignIn("a"), OpenTab("b"), HoldRefreshes(("a",)))
AFTER = (WriteNote("a"), AwaitRace(), SignOut("b"), SignIn("b", user="U2"), Heal(), Use("a"))

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="identity",
        guide_cause=0,
        links=("https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html",),
        needs=("notes", "server_clock", "late_renewal"),
        also=("no_mixed_identity",),
    ),
    variants={
        "note_refused": (*BEFORE, ExpireUnseen(), *AFTER),
        "note_not_sent": (*BEFORE, ExpireAsleep(), *AFTER),
    },
)
