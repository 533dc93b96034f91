"""What others may build on, by heart: a name that is added or lost is a decision."""

from importlib import import_module

import pytest

EXPORTED = {
    "nologout.diagnose.detect": ["Finding", "Proposal", "conclude", "propose"],
    "nologout.judge": ["Brief", "judge", "one_sided"],
    "nologout.redact": ["learn", "redact", "redact_bytes", "scrub"],
    "nologout.report": ["write_report"],
    "nologout.stage.clock": ["Clocks"],
    "nologout.steps": [
        "TWO_TABS_EXPIRE",
        *("AnswerInstead", "AwaitDelayed", "AwaitEffects", "AwaitEnd", "AwaitRace", "AwaitServed", "ChangePassword"),
        *("CloseTab", "CorruptStorage", "CutReply", "CutTabOff", "DeactivateUser", "DelayReply", "DeliverDelayed"),
        *(
            "DeliverHeld",
            "DeliverRefusals",
            "DenyStorage",
            "EvictStorage",
            "Expire",
            "ExpireAsleep",
            "ExpireUnseen",
            "FillStorage",
        ),
        *("GoOffline", "Heal", "HoldRefreshes", "LeaveMidRefresh", "LimitStorage", "LoseReply", "LoseRequest"),
        *("NearExpiry", "OpenTab", "PassTime", "Poke", "PokeTogether", "RefuseTogether", "Reload", "ReplayStolen"),
        *("Scenario", "ScenarioOver", "ServeHeld", "SignIn", "SignOut", "SkewBrowser", "Sleep", "StealToken", "Step"),
        *("StopServer", "Use", "Without", "WriteNote", "both_orders", "crowd_expires"),
    ],
    "nologout.targets": [
        "DEFAULT_PROFILES",
        "FILE",
        "PROFILES",
        "SAMPLES",
        "VARIANTS",
        "Reference",
        "sample",
        "target_of",
    ],
}


@pytest.mark.parametrize("module", EXPORTED)
def test_module_exports_what_it_says(module: str) -> None:
    """`__all__` is the list above, and each name is there."""
    found = import_module(module)
    assert found.__all__ == EXPORTED[module]
    assert all(hasattr(found, name) for name in found.__all__)
