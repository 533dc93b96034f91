"""Steps of the network: requests and replies lost, late or cut, somebody else's answers, no network at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from nologout.model.history import Role  # noqa: TC001 - msgspec resolves it at run time
from nologout.stage.faults.network.answered_instead import AnsweredInstead
from nologout.stage.faults.network.cut_off import CutOff
from nologout.stage.faults.network.late_reply import LateReply
from nologout.stage.faults.network.lost_request import LostRequest
from nologout.stage.faults.network.lost_response import LostResponse
from nologout.stage.faults.network.offline import Offline
from nologout.stage.faults.network.reply_cut_short import ReplyCutShort
from nologout.steps.step import Step
from nologout.steps.words import CUT_ONCE, LOST_ONCE

if TYPE_CHECKING:
    from nologout.stage.stage import Stage
    from nologout.targets.app import App


class LoseRequest(Step, frozen=True, tag="lose_request"):
    """The next request of this role will never reach the server."""

    hand: ClassVar[str] = (
        "Have the next request to `{path}` never reach the server: right-click an earlier one in the Network "
        'panel, and choose "Block request URL".'
    )

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

    def by_hand(self, app: App) -> str:
        """Say how, and whether silence follows."""
        path = getattr(app.paths, self.role, app.paths.page)
        lost = f"Lose the next reply from `{path}`, after the server has acted: paste into the console {LOST_ONCE}. "
        other = (
            "If the app uses XMLHttpRequest, or keeps its refresh token in a cookie: stop the server in a debugger "
            "when it has committed and before it replies, kill it there, and start it again."
        )
        silence = ' As soon as it is lost, choose "Offline" as throttling.' if self.then_silence else ""
        return f"{lost.format(path=path)}{other}{silence}"


class CutReply(Step, frozen=True, tag="cut_reply"):
    """The next good reply to a refresh breaks off in the middle."""

    hand: ClassVar[str] = (
        f"Have the next reply from `{{path}}` break off in the middle: paste into the console {CUT_ONCE}"
    )

    def perform(self, stage: Stage) -> None:
        """Arm the fault."""
        stage.inject(ReplyCutShort())


class GoOffline(Step, frozen=True, tag="go_offline"):
    """The device loses its network, and knows it, until the network heals."""

    hand: ClassVar[str] = 'Choose "Offline" as throttling in the Network panel, in every open tab.'

    def perform(self, stage: Stage) -> None:
        """Switch it off."""
        stage.inject(Offline())


class CutTabOff(Step, frozen=True, tag="cut_tab_off"):
    """One tab loses its connection, and its browser does not know it, until the network heals."""

    hand: ClassVar[str] = (
        'Block every request of this tab: right-click one in the Network panel, and choose "Block request domain".'
    )

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

    def by_hand(self, app: App) -> str:
        """Say with what."""
        path = getattr(app.paths, self.role, app.paths.page)
        body = "a page of HTML that is not the app's" if self.body == "html" else "a JSON error"
        wait = f" and `Retry-After: {self.retry_after_s}`" if self.retry_after_s else ""
        return (
            f"Have every request to `{path}` answered with status {self.status}, {body}{wait}, before it reaches the "
            "app's code: by a rule in the web server in front of it, or a temporary line."
        )


class DelayReply(Step, frozen=True, tag="delay_reply"):
    """The next API reply of this status will be late."""

    hand: ClassVar[str] = (
        "Have the server wait 20 seconds before its next reply with status {step.status} (a temporary sleep "
        "in its code)."
    )

    status: int = 401

    def perform(self, stage: Stage) -> None:
        """Arm the fault."""
        stage.inject(LateReply(self.status))


class AwaitDelayed(Step, frozen=True, tag="await_delayed"):
    """Wait until a reply is being delayed."""

    hand: ClassVar[str] = "Wait until the Network panel shows that request as pending."

    def perform(self, stage: Stage) -> None:
        """Wait at most 5 s."""
        stage.wait_until(lambda: bool(stage.ledger.held("reply")), 5)


class DeliverDelayed(Step, frozen=True, tag="deliver_delayed"):
    """The late reply arrives."""

    hand: ClassVar[str] = "Wait until the late reply has come."

    def perform(self, stage: Stage) -> None:
        """Deliver it."""
        stage.latest(LateReply).deliver(stage)


class AwaitEffects(Step, frozen=True, tag="await_effects"):
    """Wait until every fault so far has shown its effect, and what was done last has met it too."""

    hand: ClassVar[str] = (
        "Wait until it has happened (look into the Network panel), and until nothing there is pending."
    )

    def perform(self, stage: Stage) -> None:
        """Wait at most 5 s for the effects, and until nothing moves."""
        stage.await_effects()
        stage.settle()


class Heal(Step, frozen=True, tag="heal"):
    """The network is as it should be again."""

    hand: ClassVar[str] = (
        'Put everything right: "No throttling", nothing blocked, no temporary code or breakpoint, and a '
        "server that runs."
    )

    def perform(self, stage: Stage) -> None:
        """Lift every fault that can be lifted."""
        stage.lift_faults()
