"""A script: one variant of a scenario as a JSON file that `nologout replay` plays."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import msgspec

from nologout.errors import UsageError
from nologout.model.scenario_info import ScenarioInfo  # noqa: TC001 - msgspec resolves it at run time
from nologout.steps import acts, clock, identity, network, page, races, server, storage, tabs
from nologout.steps.scenario import Scenario

if TYPE_CHECKING:
    from pathlib import Path

AnyStep = (
    acts.AwaitServed
    | acts.Poke
    | acts.PokeTogether
    | acts.Use
    | acts.WriteNote
    | clock.Expire
    | clock.ExpireAsleep
    | clock.ExpireUnseen
    | clock.NearExpiry
    | clock.PassTime
    | clock.SkewBrowser
    | clock.Sleep
    | identity.ReplayStolen
    | identity.StealToken
    | network.AnswerInstead
    | network.AwaitDelayed
    | network.AwaitEffects
    | network.CutReply
    | network.CutTabOff
    | network.DelayReply
    | network.DeliverDelayed
    | network.GoOffline
    | network.Heal
    | network.LoseReply
    | network.LoseRequest
    | page.Without
    | races.AwaitRace
    | races.DeliverHeld
    | races.DeliverRefusals
    | races.HoldRefreshes
    | races.RefuseTogether
    | races.ServeHeld
    | server.ChangePassword
    | server.DeactivateUser
    | server.StopServer
    | storage.CorruptStorage
    | storage.DenyStorage
    | storage.EvictStorage
    | storage.FillStorage
    | storage.LimitStorage
    | tabs.AwaitEnd
    | tabs.CloseTab
    | tabs.LeaveMidRefresh
    | tabs.OpenTab
    | tabs.Reload
    | tabs.SignIn
    | tabs.SignOut
)

_ENDING = {kind.__struct_config__.tag for kind in get_args(AnyStep) if kind.ends}


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
        UsageError: The file cannot be read, does not hold steps, or says of an end that no step brings.
    """
    try:
        script = msgspec.json.decode(path.read_bytes(), type=Script)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except msgspec.DecodeError as error:
        hint = "a replay file holds `info` and `steps`; `nologout replay --write SCENARIO` prints one"
        raise UsageError(f"{path} is no replay file: {error}", hint=hint) from error
    if script.info.ends and not any(step.ends for step in script.steps):
        hint = f"{', '.join(sorted(_ENDING))} may; an end that time brings is waited for with await_end, without `ends`"
        raise UsageError(f"{path} says that the session `ends`, and none of its steps may end it", hint=hint)
    info = msgspec.structs.replace(script.info, id=script.info.id or path.stem)
    return Scenario(info, {script.variant: script.steps})
