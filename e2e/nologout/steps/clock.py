"""Steps of time: it passes, a token expires, a device's clock is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from nologout.stage.faults.clock.access_expired_unseen import AccessExpiredUnseen
from nologout.stage.faults.clock.access_spoiled import AccessSpoiled
from nologout.stage.faults.clock.client_skew import ClientSkew
from nologout.stage.faults.clock.slept import Slept
from nologout.stage.faults.clock.time_passed import TimePassed
from nologout.steps.step import Step
from nologout.steps.words import spoken

if TYPE_CHECKING:
    from nologout.stage.stage import Stage
    from nologout.targets.app import App

_LAST_MOMENTS_S = 40
# Longer than anybody waits for a reply, and too short for a session to be lost.
_BRIEF_S = 60


class PassTime(Step, frozen=True, tag="pass_time"):
    """Nobody touches the computer for a while, and it is awake: timers tick."""

    days: int = 0
    hours: int = 0
    minutes: int = 0
    seconds: int = 0

    def perform(self, stage: Stage) -> None:
        """Move both clocks; where they cannot be, what matters of a longer time is that the access token expires."""
        seconds = ((self.days * 24 + self.hours) * 60 + self.minutes) * 60 + self.seconds
        if stage.app.expiry == "header" and seconds > _BRIEF_S:
            stage.inject(AccessSpoiled())
        else:
            longest = max(_BRIEF_S, stage.app.renewal_due_s)
            passing = min(seconds, longest) if stage.app.expiry == "wait" else seconds
            stage.inject(TimePassed(passing, stage.app.timers))
        stage.settle()

    def by_hand(self, app: App) -> str:
        """Say for how long."""
        del app
        length = ((self.days * 24 + self.hours) * 60 + self.minutes) * 60 + self.seconds
        return f"Leave everything alone for {spoken(length)}."


class Sleep(Step, frozen=True, tag="sleep"):
    """The device sleeps: its date goes on, and no timer of a page does."""

    hand: ClassVar[str] = "Let the computer sleep (close the lid) for {step.hours} hours."

    hours: int

    def perform(self, stage: Stage) -> None:
        """Move date and server."""
        stage.inject(Slept(self.hours * 3600))
        stage.settle()


class Expire(Step, frozen=True, tag="expire"):
    """Enough time passes for the access token to expire, on both sides.

    One that cannot be renewed once it has expired is brought to its last moments instead. Timers that came due fire
    once, at the end: while a timer renews the token in time, it never expires but in a sleep.
    """

    hand: ClassVar[str] = "Leave the app alone for {due}, so that the access token is due."
    asleep: ClassVar[str] = "Let the computer sleep (close the lid) for {due}, so that the access token is due."

    def perform(self, stage: Stage) -> None:
        """Let the access token's lifetime and five minutes pass, or have the proxy spoil it."""
        stage.inject(AccessSpoiled() if stage.app.expiry == "header" else TimePassed(stage.app.renewal_due_s))
        stage.settle()

    def by_hand(self, app: App) -> str:
        """Say how long to wait, or to sleep where a timer would renew the token meanwhile."""
        return (self.asleep if app.timers else self.hand).format(due=spoken(app.renewal_due_s))


class ExpireAsleep(Step, frozen=True, tag="expire_asleep"):
    """As much time passes while the device sleeps: no timer fires, so nobody refreshes before something is done."""

    hand: ClassVar[str] = (
        "Let the computer sleep (close the lid) for {due}, so that the access token is due and no timer of "
        "the page has fired."
    )

    def perform(self, stage: Stage) -> None:
        """Move date and server (or really wait, while no timer fires), or have the proxy spoil the token."""
        stage.inject(AccessSpoiled() if stage.app.expiry == "header" else Slept(stage.app.renewal_due_s))
        stage.settle()


class NearExpiry(Step, frozen=True, tag="near_expiry"):
    """So much time passes that the newest access token has 40 seconds left."""

    hand: ClassVar[str] = "Wait until the access token has 40 seconds left."

    def perform(self, stage: Stage) -> None:
        """Let all but the last moments of its lifetime pass."""
        ends = [e.access_expires for e in stage.tape.history().exchanges if e.access_expires is not None]
        left = max(ends) - stage.ledger.server_time() if ends else stage.app.access_lifetime_s
        stage.inject(TimePassed(left - _LAST_MOMENTS_S))
        stage.settle()


class ExpireUnseen(Step, frozen=True, tag="expire_unseen"):
    """The access token expires for the server, and the client does not know."""

    hand: ClassVar[str] = (
        "Set the clock of the server alone forward by {due}: it takes the access token for expired, and the "
        "page does not."
    )

    def perform(self, stage: Stage) -> None:
        """Expire it for the server alone."""
        movable = "server_clock" in stage.target.capabilities
        stage.inject(AccessExpiredUnseen() if movable else AccessSpoiled())


class SkewBrowser(Step, frozen=True, tag="skew_browser"):
    """The device's clock is set wrong, by so many minutes from the server's."""

    minutes: int

    def perform(self, stage: Stage) -> None:
        """Set it."""
        stage.inject(ClientSkew(self.minutes * 60))
        stage.settle()

    def by_hand(self, app: App) -> str:
        """Say in which direction."""
        del app
        direction = "ahead of" if self.minutes > 0 else "behind"
        return f"Set the clock of the browser's computer {spoken(self.minutes * 60)} {direction} the server's."
