"""A thief presents a refresh token that its owner has long since rotated away."""

from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import (
    Expire,
    ExpireUnseen,
    OpenTab,
    Poke,
    ReplayStolen,
    Scenario,
    SignIn,
    StealToken,
    Use,
)

SCENARIO = Scenario(
    info=ScenarioInfo(
        group="identity",
        guide_cause=0,
        links=("https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2",),
        needs=("replay", "server_clock"),
        ends="reuse_detection",
        also=("thief_is_out",),
    ),
    variants={
        "": (
            SignIn("a"),
            StealToken(),
            *((Expire(), Use("a")) * 2),
            OpenTab("b"),
            ReplayStolen(),
            ExpireUnseen(),
            Poke("a"),
        ),
    },
)
