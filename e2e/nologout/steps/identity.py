"""Steps of a thief: a refresh token is stolen from the wire, and presented later."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from nologout.errors import HarnessError
from nologout.stage.faults.server.replayed_token import ReplayedToken
from nologout.steps.step import Step

if TYPE_CHECKING:
    from nologout.stage.stage import Stage


class StealToken(Step, frozen=True, tag="steal_token"):
    """Somebody copies the refresh token that the server handed out last."""

    hand: ClassVar[str] = (
        "As the thief: copy the refresh token that the server handed out last (Network panel, or Application "
        "panel), and keep it."
    )

    def perform(self, stage: Stage) -> None:
        """Remember its label."""
        issued = [e.refresh_issued for e in stage.tape.history().exchanges if e.refresh_issued]
        if not issued:
            raise HarnessError("no refresh token was seen on the wire")
        stage.stolen = issued[-1]


class ReplayStolen(Step, frozen=True, tag="replay_stolen"):
    """The thief presents the stolen token."""

    ends: ClassVar[bool] = True
    hand: ClassVar[str] = "As the thief: send the copied token to `{path}` from another program, for example curl."

    def perform(self, stage: Stage) -> None:
        """Send it."""
        stage.inject(ReplayedToken())
