"""The vocabulary of scenarios: everything that can happen, as frozen data that performs itself."""

from __future__ import annotations

from nologout.steps.clock import Expire, ExpireUnseen, PassTime, SkewBrowser
from nologout.steps.identity import ReplayStolen, StealToken
from nologout.steps.network import (
    AnswerInstead,
    AwaitDelayed,
    AwaitEffects,
    AwaitRace,
    DelayReply,
    DeliverDelayed,
    DeliverHeld,
    Heal,
    HoldRefreshes,
    LoseReply,
    ServeHeld,
)
from nologout.steps.scenario import Scenario
from nologout.steps.step import SignedOutEarly, Step
from nologout.steps.storage import FillStorage, LimitStorage
from nologout.steps.tabs import OpenTab, Poke, Reload, SignIn, SignOut, Use

__all__ = [
    "AnswerInstead",
    "AwaitDelayed",
    "AwaitEffects",
    "AwaitRace",
    "DelayReply",
    "DeliverDelayed",
    "DeliverHeld",
    "Expire",
    "ExpireUnseen",
    "FillStorage",
    "Heal",
    "HoldRefreshes",
    "LimitStorage",
    "LoseReply",
    "OpenTab",
    "PassTime",
    "Poke",
    "Reload",
    "ReplayStolen",
    "Scenario",
    "ServeHeld",
    "SignIn",
    "SignOut",
    "SignedOutEarly",
    "SkewBrowser",
    "StealToken",
    "Step",
    "Use",
]
