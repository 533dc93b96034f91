"""Steps of time: it passes, a token expires, a device's clock is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.stage.faults.clock.access_expired_unseen import AccessExpiredUnseen
from nologout.stage.faults.clock.client_skew import ClientSkew
from nologout.stage.faults.clock.time_passed import TimePassed
from nologout.steps.step import Step

if TYPE_CHECKING:
    from nologout.stage.stage import Stage

_SLACK_S = 300


class PassTime(Step, frozen=True, tag="pass_time"):
    """Nobody touches the computer for a while."""

    days: int = 0
    hours: int = 0
    minutes: int = 0

    def perform(self, stage: Stage) -> None:
        """Move both clocks."""
        stage.inject(TimePassed(((self.days * 24 + self.hours) * 60 + self.minutes) * 60))
        stage.settle()


class Expire(Step, frozen=True, tag="expire"):
    """Enough time passes for the access token to expire, on both sides."""

    def perform(self, stage: Stage) -> None:
        """Let the access token's lifetime and five minutes pass."""
        stage.inject(TimePassed(stage.app.access_lifetime_s + _SLACK_S))
        stage.settle()


class ExpireUnseen(Step, frozen=True, tag="expire_unseen"):
    """The access token expires for the server, and the client does not know."""

    def perform(self, stage: Stage) -> None:
        """Expire it for the server alone."""
        stage.inject(AccessExpiredUnseen())


class SkewBrowser(Step, frozen=True, tag="skew_browser"):
    """The device's clock is set wrong, by so many minutes from the server's."""

    minutes: int

    def perform(self, stage: Stage) -> None:
        """Set it."""
        stage.inject(ClientSkew(self.minutes * 60))
        stage.settle()
