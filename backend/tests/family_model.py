"""What the database does with a decision, on data alone."""

from dataclasses import replace
from datetime import UTC, datetime

from token_family.decide import Action, Decision, FamilyState
from token_family.reasons import Reason

NOON = datetime(2030, 5, 17, 12, tzinfo=UTC)
FAR = datetime(2040, 1, 1, tzinfo=UTC)


def fresh_family() -> FamilyState:
    """Return a family as it is right after sign-in."""
    return FamilyState(generation=0, rotated_at=NOON, expires_at=FAR)


def after(family: FamilyState, decision: Decision, token_generation: int, now: datetime) -> FamilyState:
    """Return the family as it is once the decision was carried out."""
    match decision.action:
        case Action.ROTATE:
            strikes = family.strikes if family.dirty else 0
            return replace(family, generation=token_generation + 1, rotated_at=now, dirty=False, strikes=strikes)
        case Action.REISSUE_WITH_STRIKE:
            return replace(family, dirty=True, strikes=family.strikes + 1)
        case Action.REVOKE:
            return replace(family, ended=Reason.REVOKED_REUSE)
        case _:
            return family
