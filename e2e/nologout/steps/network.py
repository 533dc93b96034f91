"""Steps of the network: requests and replies lost, late or cut, somebody else's answers, no network at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nologout.model.history import Role  # noqa: TC001 - msgspec resolves it at run time
from nologout.stage.faults.network.answered_instead import AnsweredInstead
from nologout.stage.faults.network.cut_off import CutOff
from nologout.stage.faults.network.late_reply import LateReply
from nologout.stage.faults.network.lost_request import LostRequest
from nologout.stage.faults.network.lost_response import LostResponse
from nologout.stage.faults.network.offline import Offline
from nologout.stage.faults.network.reply_cut_short import ReplyCutShort
from nologout.steps.step import Step

if TYPE_CHECKING:
    from nologout.stage.stage import Stage


class LoseRequest(Step, frozen=True, tag="lose_request"):
    """The next request of this role will never reach the server."""

    role: Role = "refresh"

    def perform(self, stage: Stage) -> None:
        """Arm the fault."""
        stage.inject(LostRequest(self.role))


class LoseReply(Step, frozen=True, tag="lose_reply"):
    """The server will act on the next request of this role, and its reply is lost.

    `then_silence`: from then on nothing reaches the server, until the network heals.
    """

    role: Role = "refresh"
    then_silence: bool = False

    def perform(self, stage: Stage) -> None:
        """Arm the fault."""
        stage.inject(LostResponse(self.role, then_silence=self.then_silence))


class CutReply(Step, frozen=True, tag="cut_reply"):
    """The next good reply to a refresh breaks off in the middle."""

    def perform(self, stage: Stage) -> None:
        """Arm the fault."""
        stage.inject(ReplyCutShort())


class GoOffline(Step, frozen=True, tag="go_offline"):
    """The device loses its network, and knows it, until the network heals."""

    def perform(self, stage: Stage) -> None:
        """Switch it off."""
        stage.inject(Offline())


class CutTabOff(Step, frozen=True, tag="cut_tab_off"):
    """One tab loses its connection, and its browser does not know it, until the network heals."""

    tab: str

    def perform(self, stage: Stage) -> None:
        """Cut it."""
        stage.inject(CutOff(self.tab))


class AnswerInstead(Step, frozen=True, tag="answer_instead"):
    """Until the network heals, somebody else answers every request of this role."""

    status: int
    role: Role = "refresh"
    body: Literal["html", "json"] = "html"
    retry_after_s: int = 0

    def perform(self, stage: Stage) -> None:
        """Arm the fault."""
        html = self.body == "html"
        stage.inject(AnsweredInstead(self.role, self.status, html=html, retry_after_s=self.retry_after_s))


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
        stage.latest(LateReply).deliver(stage)


class AwaitEffects(Step, frozen=True, tag="await_effects"):
    """Wait until every fault so far has shown its effect, and what was done last has met it too."""

    def perform(self, stage: Stage) -> None:
        """Wait at most 5 s for the effects, and until nothing moves."""
        stage.await_effects()
        stage.settle()


class Heal(Step, frozen=True, tag="heal"):
    """The network is as it should be again."""

    def perform(self, stage: Stage) -> None:
        """Lift every fault that can be lifted."""
        stage.lift_faults()
