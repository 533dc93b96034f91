"""Steps of a race: refreshes stand at the server's door, are served in turn, and answered in a chosen order."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from nologout.stage.faults.network.race import Race
from nologout.stage.faults.network.refused_together import RefusedTogether
from nologout.steps.step import Step

if TYPE_CHECKING:
    from nologout.stage.stage import Stage
    from nologout.targets.app import App


class HoldRefreshes(Step, frozen=True, tag="hold_refreshes"):
    """From now on the refreshes of these tabs stop at the server's door."""

    hand: ClassVar[str] = (
        "Have the server stop before it handles a refresh (see above): set a breakpoint at the beginning of what "
        "serves it."
    )

    tabs: tuple[str, ...]

    def perform(self, stage: Stage) -> None:
        """Hold them."""
        stage.inject(Race(self.tabs))


class AwaitRace(Step, frozen=True, tag="await_race"):
    """Wait until all those tabs stand at the door, or queue for the lock of one that does."""

    hand: ClassVar[str] = (
        "Wait until the Network panel shows a refresh as pending in each of those tabs, or in one of them "
        "while the others wait for it."
    )

    def perform(self, stage: Stage) -> None:
        """Wait at most 1.5 s; a race that does not come about makes the verdict unknown."""
        stage.latest(Race).watch(stage)


class ServeHeld(Step, frozen=True, tag="serve_held"):
    """The server processes what stands at its door, one after another."""

    hand: ClassVar[str] = (
        "Let the server handle the refreshes that wait, one after another, and stop it again just before it replies."
    )

    def perform(self, stage: Stage) -> None:
        """Serve by arrival; the replies wait."""
        stage.latest(Race).serve_held(stage)


class DeliverHeld(Step, frozen=True, tag="deliver_held"):
    """The waiting replies arrive, in the order of the requests or the other way round."""

    order: Literal["first_first", "last_first"] = "first_first"

    def perform(self, stage: Stage) -> None:
        """Deliver one after another."""
        stage.latest(Race).deliver_held(stage, last_first=self.order == "last_first")

    def by_hand(self, app: App) -> str:
        """Say in which order."""
        del app
        first = "first" if self.order == "first_first" else "last"
        return f"Let the replies go, one after another: the reply to the request that came {first} goes first."


class RefuseTogether(Step, frozen=True, tag="refuse_together"):
    """The next requests will be refused at the same time, while a refresh is under way."""

    hand: ClassVar[str] = (
        "Have the server hold the next {step.count} requests to `{app.paths.api}`, to refuse them with 401, "
        "and the refresh that follows (breakpoints)."
    )

    count: int = 3

    def perform(self, stage: Stage) -> None:
        """Arm the fault."""
        stage.inject(RefusedTogether(self.count))


class DeliverRefusals(Step, frozen=True, tag="deliver_refusals"):
    """The refusals arrive one after another, and the refresh is answered after the last."""

    hand: ClassVar[str] = "Let the refusals go, one after another, and the reply to the refresh only after the last."

    def perform(self, stage: Stage) -> None:
        """Wait at most 5 s for all of them, and deliver."""
        stage.latest(RefusedTogether).deliver(stage)
