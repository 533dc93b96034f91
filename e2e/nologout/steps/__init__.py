"""The vocabulary of scenarios: everything that can happen, as frozen data that performs itself."""

from __future__ import annotations

from nologout.steps.acts import AwaitServed, Poke, PokeTogether, Use, WriteNote
from nologout.steps.clock import Expire, ExpireAsleep, ExpireUnseen, NearExpiry, PassTime, SkewBrowser, Sleep
from nologout.steps.identity import ReplayStolen, StealToken
from nologout.steps.network import (
    AnswerInstead,
    AwaitDelayed,
    AwaitEffects,
    CutReply,
    CutTabOff,
    DelayReply,
    DeliverDelayed,
    GoOffline,
    Heal,
    LoseReply,
    LoseRequest,
)
from nologout.steps.page import Without
from nologout.steps.pieces import TWO_TABS_EXPIRE, both_orders, crowd_expires
from nologout.steps.races import AwaitRace, DeliverHeld, DeliverRefusals, HoldRefreshes, RefuseTogether, ServeHeld
from nologout.steps.scenario import Scenario
from nologout.steps.server import ChangePassword, DeactivateUser, StopServer
from nologout.steps.step import ScenarioOver, Step
from nologout.steps.storage import CorruptStorage, DenyStorage, EvictStorage, FillStorage, LimitStorage
from nologout.steps.tabs import AwaitEnd, CloseTab, LeaveMidRefresh, OpenTab, Reload, SignIn, SignOut

__all__ = [
    "TWO_TABS_EXPIRE",
    "AnswerInstead",
    "AwaitDelayed",
    "AwaitEffects",
    "AwaitEnd",
    "AwaitRace",
    "AwaitServed",
    "ChangePassword",
    "CloseTab",
    "CorruptStorage",
    "CutReply",
    "CutTabOff",
    "DeactivateUser",
    "DelayReply",
    "DeliverDelayed",
    "DeliverHeld",
    "DeliverRefusals",
    "DenyStorage",
    "EvictStorage",
    "Expire",
    "ExpireAsleep",
    "ExpireUnseen",
    "FillStorage",
    "GoOffline",
    "Heal",
    "HoldRefreshes",
    "LeaveMidRefresh",
    "LimitStorage",
    "LoseReply",
    "LoseRequest",
    "NearExpiry",
    "OpenTab",
    "PassTime",
    "Poke",
    "PokeTogether",
    "RefuseTogether",
    "Reload",
    "ReplayStolen",
    "Scenario",
    "ScenarioOver",
    "ServeHeld",
    "SignIn",
    "SignOut",
    "SkewBrowser",
    "Sleep",
    "StealToken",
    "Step",
    "StopServer",
    "Use",
    "Without",
    "WriteNote",
    "both_orders",
    "crowd_expires",
]
