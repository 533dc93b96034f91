"""The rule of rotation: what to do with a token that is validly signed and whose family exists.

A family is one sign-in. Its row counts generations, its tokens carry the generation they were made for, and
d = row.generation - token.generation says how old a token is:

    d = 0   the newest token: rotate, unless it was made a moment ago (then it is given again)
    d = 1   its predecessor: a racing tab or a lost reply, so the newest token is given again; after the grace
            period this costs the family a strike, at most one a generation, and too many in a row end it
    d >= 2  nobody honest holds this any more: a stolen token, so the family ends; but for a moment after a
            generation that was given again late, whose siblings are still on their way
    d < 0   the database was restored to an older state: the row catches up
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import NamedTuple

from token_family.reasons import Granted, Reason


class Action(Enum):
    """What to do with the family's row and the request."""

    ROTATE = auto()
    REISSUE = auto()
    REISSUE_WITH_STRIKE = auto()
    REVOKE = auto()
    REFUSE = auto()


class Decision(NamedTuple):
    """What to do, and the word for it."""

    action: Action
    reason: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How patient the rule is; an attacker gains what an unlucky client is given."""

    grace: timedelta = timedelta(seconds=30)
    coalesce: timedelta = timedelta(seconds=30)
    strikes: int = 3
    absolute_lifetime: timedelta = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class FamilyState:
    """What the rule needs to know of a family's row; `ended` is empty, or the reason why it ended."""

    generation: int
    rotated_at: datetime
    expires_at: datetime
    dirty: bool = False
    strikes: int = 0
    ended: str = ""


def decide(family: FamilyState, token_generation: int, now: datetime, limits: Limits) -> Decision:
    """Judge a token of `token_generation` presented at `now`; nothing is read or written."""
    over = why_over(family, now)
    if over:
        return Decision(Action.REFUSE, over)
    d = family.generation - token_generation
    # A clock that was set back makes the age negative, and says as little as one that went on.
    age = abs(now - family.rotated_at)
    if d < 0:
        return Decision(Action.ROTATE, Granted.DB_ROLLBACK)
    if d == 0:
        return _newest(family, age, limits)
    if d == 1:
        return _predecessor(family, age, limits)
    if d == 2 and _follows_late_replay(family) and age <= limits.grace:
        return Decision(Action.REISSUE, Granted.REPLAY_CONCURRENT)
    return Decision(Action.REVOKE, Reason.REUSE_DETECTED)


def why_over(family: FamilyState, now: datetime) -> str:
    """Return why the family refuses whatever is presented, or an empty text."""
    if family.ended:
        return family.ended
    return Reason.ABSOLUTE_EXPIRED if family.expires_at <= now else ""


def _follows_late_replay(family: FamilyState) -> bool:
    """Tell whether the generation before was given again late, and so rotated however young that answer was.

    Coalescing counts from a generation's begin, which was long ago: of tabs that wake together after a lost reply
    one may rotate what another was just given, while a third still asks with what all of them held.
    """
    return family.strikes > 0 and not family.dirty


def _newest(family: FamilyState, age: timedelta, limits: Limits) -> Decision:
    if family.generation > 0 and age < limits.coalesce:
        return Decision(Action.REISSUE, Granted.COALESCED)
    return Decision(Action.ROTATE, Granted.ROTATED)


def _predecessor(family: FamilyState, age: timedelta, limits: Limits) -> Decision:
    if age <= limits.grace:
        return Decision(Action.REISSUE, Granted.REPLAY_CONCURRENT)
    if family.dirty:
        return Decision(Action.REISSUE, Granted.REPLAY_LOST_RESPONSE)
    if family.strikes < limits.strikes:
        return Decision(Action.REISSUE_WITH_STRIKE, Granted.REPLAY_LOST_RESPONSE)
    return Decision(Action.REVOKE, Reason.REUSE_DETECTED)
