"""A script: one variant of a scenario as a JSON file that `nologout replay` plays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from nologout.errors import UsageError
from nologout.model.scenario_info import ScenarioInfo  # noqa: TC001 - msgspec resolves it at run time
from nologout.steps import clock, identity, network, storage, tabs
from nologout.steps.scenario import Scenario

if TYPE_CHECKING:
    from pathlib import Path

AnyStep = (
    tabs.SignIn
    | tabs.OpenTab
    | tabs.Reload
    | tabs.Poke
    | tabs.Use
    | tabs.SignOut
    | clock.PassTime
    | clock.Expire
    | clock.ExpireUnseen
    | clock.SkewBrowser
    | network.HoldRefreshes
    | network.AwaitRace
    | network.ServeHeld
    | network.DeliverHeld
    | network.LoseReply
    | network.AnswerInstead
    | network.DelayReply
    | network.AwaitDelayed
    | network.DeliverDelayed
    | network.AwaitEffects
    | network.Heal
    | storage.LimitStorage
    | storage.FillStorage
    | identity.StealToken
    | identity.ReplayStolen
)


class Script(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a replay file holds: the scenario's metadata, the variant's name, its steps."""

    info: ScenarioInfo
    steps: tuple[AnyStep, ...]
    variant: str = ""


def write_script(scenario: Scenario, variant: str) -> bytes:
    """Return one variant of a scenario as the JSON of a replay file."""
    plain = msgspec.to_builtins({"info": scenario.info, "variant": variant, "steps": scenario.variants[variant]})
    return msgspec.json.format(msgspec.json.encode(plain), indent=2)


def read_script(path: Path) -> Scenario:
    """Return the scenario that a replay file holds.

    Raises:
        UsageError: The file cannot be read, or does not hold steps.
    """
    try:
        script = msgspec.json.decode(path.read_bytes(), type=Script)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except msgspec.DecodeError as error:
        hint = "a replay file holds `info` and `steps`; `nologout replay --write SCENARIO` prints one"
        raise UsageError(f"{path} is no replay file: {error}", hint=hint) from error
    info = msgspec.structs.replace(script.info, id=script.info.id or path.stem)
    return Scenario(info, {script.variant: script.steps})
