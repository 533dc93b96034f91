"""Steps of the network: races at the server's door, replies lost or late, somebody else's answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar

from nologout.errors import HarnessError
from nologout.model.history import Role  # noqa: TC001 - msgspec resolves it at run time
from nologout.stage.faults.network.answered_instead import AnsweredInstead
from nologout.stage.faults.network.late_reply import LateReply
from nologout.stage.faults.network.lost_response import LostResponse
from nologout.stage.faults.network.race import Race
from nologout.steps.step import Step

if TYPE_CHECKING:
    from nologout.stage.faults.fault import Fault
    from nologout.stage.stage import Stage

_F = TypeVar("_F", bound="Fault")


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
        _latest(stage, Race).watch(stage)


class ServeHeld(Step, frozen=True, tag="serve_held"):
    """The server processes what stands at its door, one after another."""

    def perform(self, stage: Stage) -> None:
        """Serve by arrival; the replies wait."""
        _latest(stage, Race).serve_held(stage)


class DeliverHeld(Step, frozen=True, tag="deliver_held"):
    """The waiting replies arrive, in the order of the requests or the other way round."""

    order: Literal["first_first", "last_first"] = "first_first"

    def perform(self, stage: Stage) -> None:
        """Deliver one after another."""
        _latest(stage, Race).deliver_held(stage, last_first=self.order == "last_first")


class LoseReply(Step, frozen=True, tag="lose_reply"):
    """The server will act on the next request of this role, and its reply is lost."""

    role: Role = "refresh"

    def perform(self, stage: Stage) -> None:
        """Arm the fault."""
        stage.inject(LostResponse(self.role))


class AnswerInstead(Step, frozen=True, tag="answer_instead"):
    """Until the network heals, a page of HTML answers every request of this role."""

    status: int
    role: Role = "refresh"

    def perform(self, stage: Stage) -> None:
        """Arm the fault."""
        stage.inject(AnsweredInstead(self.role, self.status))


class DelayReply(Step, frozen=True, tag="delay_reply"):
    """The next API reply of this status will be late."""

    status: int = 401

    def perform(self, stage: Stage) -> None:
        """Arm the fault."""
        stage.inject(LateReply(self.status))


class AwaitDelayed(Step, frozen=True, tag="await_delayed"):
    """Wait until a reply is being delayed."""

    def perform(self, stage: Stage) -> None:
        """Wait at most 5 s."""
        stage.wait_until(lambda: bool(stage.ledger.held("reply")), 5)


class DeliverDelayed(Step, frozen=True, tag="deliver_delayed"):
    """The late reply arrives."""

    def perform(self, stage: Stage) -> None:
        """Deliver it."""
        _latest(stage, LateReply).deliver(stage)


class AwaitEffects(Step, frozen=True, tag="await_effects"):
    """Wait until every fault so far has shown its effect."""

    def perform(self, stage: Stage) -> None:
        """Wait at most 5 s."""
        stage.await_effects()


class Heal(Step, frozen=True, tag="heal"):
    """The network is as it should be again."""

    def perform(self, stage: Stage) -> None:
        """Lift every fault that can be lifted."""
        stage.lift_faults()


def _latest(stage: Stage, kind: type[_F]) -> _F:
    found = next((f for f in reversed(stage.faults) if isinstance(f, kind)), None)
    if found is None:
        raise HarnessError(f"no {kind.name} is in force")
    return found
