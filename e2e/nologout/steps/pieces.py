"""Runs of steps that several scenarios are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.steps.acts import Poke, PokeTogether
from nologout.steps.clock import Expire
from nologout.steps.races import AwaitRace, DeliverHeld, HoldRefreshes, ServeHeld
from nologout.steps.tabs import OpenTab, SignIn

if TYPE_CHECKING:
    from nologout.steps.step import Step

_TWO = ("a", "b")

# Two tabs of one session find their access token expired; the server has handled what both have sent.
TWO_TABS_EXPIRE: tuple[Step, ...] = (
    SignIn("a"),
    OpenTab("b"),
    HoldRefreshes(_TWO),
    Expire(),
    Poke("a"),
    Poke("b"),
    AwaitRace(),
    ServeHeld(),
)


def crowd_expires(tabs: tuple[str, ...]) -> tuple[Step, ...]:
    """Return the same for many tabs, of which none waits until another has been clicked."""
    first, *others = tabs
    return (
        SignIn(first),
        *(OpenTab(tab) for tab in others),
        HoldRefreshes(tabs),
        Expire(),
        *(PokeTogether(tab, times=1) for tab in tabs),
        AwaitRace(),
        ServeHeld(),
    )


def both_orders(race: tuple[Step, ...], *rest: Step) -> dict[str, tuple[Step, ...]]:
    """Return the variants of a race whose replies arrive in either order; `rest` follows."""
    return {
        "winner_first": (*race, DeliverHeld("first_first"), *rest),
        "loser_first": (*race, DeliverHeld("last_first"), *rest),
    }
