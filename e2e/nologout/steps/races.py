"""Steps of a race: refreshes stand at the server's door, are served in turn, and answered in a chosen order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nologout.stage.faults.network.race import Race
from nologout.stage.faults.network.refused_together import RefusedTogether
from nologout.steps.step import Step

if TYPE_CHECKING:
    from nologout.stage.stage import Stage


class HoldRefreshes(Step, frozen=True, tag="hold_refreshes"):
    """From now on the refreshes of these tabs stop at the server's door."""

    tabs: tuple[str, ...]

    def perform(self, stage: Stage) -> None:
        """Hold them."""
        stage.inject(Race(self.tabs))


class AwaitRace(Step, frozen=True, tag="await_race"):
    """Wait until all those tabs stand at the door, or queue for the lock of one that does."""

    def perform(self, stage: Stage) -> None:
        """Wait at most 1.5 s; a race that does not come about makes the verdict unknown."""
        stage.latest(Race).watch(stage)


class ServeHeld(Step, frozen=True, tag="serve_held"):
    """The server processes what stands at its door, one after another."""

    def perform(self, stage: Stage) -> None:
        """Serve by arrival; the replies wait."""
        stage.latest(Race).serve_held(stage)


class DeliverHeld(Step, frozen=True, tag="deliver_held"):
    """The waiting replies arrive, in the order of the requests or the other way round."""

    order: Literal["first_first", "last_first"] = "first_first"

    def perform(self, stage: Stage) -> None:
        """Deliver one after another."""
        stage.latest(Race).deliver_held(stage, last_first=self.order == "last_first")


class RefuseTogether(Step, frozen=True, tag="refuse_together"):
    """The next requests will be refused at the same time, while a refresh is under way."""

    count: int = 3

    def perform(self, stage: Stage) -> None:
        """Arm the fault."""
        stage.inject(RefusedTogether(self.count))


class DeliverRefusals(Step, frozen=True, tag="deliver_refusals"):
    """The refusals arrive one after another, and the refresh is answered after the last."""

    def perform(self, stage: Stage) -> None:
        """Wait at most 5 s for all of them, and deliver."""
        stage.latest(RefusedTogether).deliver(stage)
