"""What others may build on, by heart: a name that is added or lost is a decision."""

from importlib import import_module

import pytest

EXPORTED = {
    "nologout.judge": ["Brief", "judge"],
    "nologout.redact": ["learn", "redact", "redact_bytes", "scrub"],
    "nologout.report": ["write_report"],
    "nologout.stage.clock": ["Clocks"],
    "nologout.steps": [
        *("AnswerInstead", "AwaitDelayed", "AwaitEffects", "AwaitRace", "DelayReply", "DeliverDelayed"),
        *("DeliverHeld", "Expire", "ExpireUnseen", "FillStorage", "Heal", "HoldRefreshes", "LimitStorage"),
        *("LoseReply", "OpenTab", "PassTime", "Poke", "Reload", "ReplayStolen", "Scenario", "ServeHeld", "SignIn"),
        *("SignOut", "SignedOutEarly", "SkewBrowser", "StealToken", "Step", "Use"),
    ],
    "nologout.targets": ["PROFILES", "SAMPLES", "Reference", "sample"],
}


@pytest.mark.parametrize("module", EXPORTED)
def test_module_exports_what_it_says(module: str) -> None:
    """`__all__` is the list above, and each name is there."""
    found = import_module(module)
    assert found.__all__ == EXPORTED[module]
    assert all(hasattr(found, name) for name in found.__all__)
