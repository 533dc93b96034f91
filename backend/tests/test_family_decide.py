"""The rule of rotation, case by case."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.family_model import FAR, NOON, fresh_family
from token_family.decide import Action, Decision, FamilyState, Limits, decide
from token_family.reasons import Granted, Reason

FAMILY = replace(fresh_family(), generation=5)
ROTATED = Decision(Action.ROTATE, Granted.ROTATED)
COALESCED = Decision(Action.REISSUE, Granted.COALESCED)
CONCURRENT = Decision(Action.REISSUE, Granted.REPLAY_CONCURRENT)
LOST = Decision(Action.REISSUE, Granted.REPLAY_LOST_RESPONSE)
LOST_WITH_STRIKE = Decision(Action.REISSUE_WITH_STRIKE, Granted.REPLAY_LOST_RESPONSE)
ROLLED_BACK = Decision(Action.ROTATE, Granted.DB_ROLLBACK)
REUSED = Decision(Action.REVOKE, Reason.REUSE_DETECTED)


@pytest.mark.parametrize(
    ("family", "token_generation", "age_s", "expected"),
    [
        pytest.param(fresh_family(), 0, 0, ROTATED, id="the first token is never coalesced"),
        pytest.param(FAMILY, 5, 0, COALESCED, id="newest, just made"),
        pytest.param(FAMILY, 5, 29, COALESCED, id="newest, last second of coalescing"),
        pytest.param(FAMILY, 5, 30, ROTATED, id="newest, coalescing over"),
        pytest.param(FAMILY, 5, -29, COALESCED, id="newest, clock set back a little"),
        pytest.param(FAMILY, 5, -3600, ROTATED, id="newest, clock set back an hour"),
        pytest.param(FAMILY, 4, 0, CONCURRENT, id="predecessor, at once"),
        pytest.param(FAMILY, 4, 30, CONCURRENT, id="predecessor, last second of grace"),
        pytest.param(FAMILY, 4, 31, LOST_WITH_STRIKE, id="predecessor, grace over"),
        pytest.param(replace(FAMILY, strikes=2), 4, 31, LOST_WITH_STRIKE, id="predecessor, last strike"),
        pytest.param(replace(FAMILY, strikes=3), 4, 31, REUSED, id="predecessor, one strike too many"),
        pytest.param(replace(FAMILY, strikes=3, dirty=True), 4, 31, LOST, id="predecessor, strike already had"),
        pytest.param(replace(FAMILY, strikes=3), 4, 30, CONCURRENT, id="grace costs no strike"),
        pytest.param(replace(FAMILY, strikes=3), 5, 31, ROTATED, id="strikes do not bind the newest"),
        pytest.param(FAMILY, 3, 0, REUSED, id="two behind"),
        pytest.param(replace(FAMILY, strikes=1), 3, 30, CONCURRENT, id="two behind, a sibling of a late replay"),
        pytest.param(replace(FAMILY, strikes=1), 3, 31, REUSED, id="two behind, too late for a sibling"),
        pytest.param(replace(FAMILY, strikes=1), 2, 0, REUSED, id="three behind is nobody's sibling"),
        pytest.param(replace(FAMILY, strikes=1, dirty=True), 3, 0, REUSED, id="two behind, and late itself"),
        pytest.param(FAMILY, 0, 99_999, REUSED, id="far behind"),
        pytest.param(FAMILY, 6, 0, ROLLED_BACK, id="one ahead of a restored database"),
        pytest.param(FAMILY, 99, 99_999, ROLLED_BACK, id="far ahead of a restored database"),
    ],
)
def test_living_family_is_answered_by_how_old_the_token_is(
    family: FamilyState, token_generation: int, age_s: int, expected: Decision
) -> None:
    """The token's distance from the newest generation, and that generation's age, decide."""
    assert decide(family, token_generation, NOON + timedelta(seconds=age_s), Limits()) == expected


@pytest.mark.parametrize("token_generation", [3, 4, 5, 6])
def test_ended_family_refuses_every_token_with_the_reason(token_generation: int) -> None:
    """Whatever ended a family is the answer to all of its tokens."""
    ended = replace(FAMILY, ended=Reason.LOGGED_OUT)
    assert decide(ended, token_generation, NOON, Limits()) == Decision(Action.REFUSE, Reason.LOGGED_OUT)


@pytest.mark.parametrize("token_generation", [3, 4, 5, 6])
def test_family_at_its_greatest_age_refuses_every_token(token_generation: int) -> None:
    """The absolute expiry holds however active the session is."""
    assert decide(FAMILY, token_generation, FAR, Limits()) == Decision(Action.REFUSE, Reason.ABSOLUTE_EXPIRED)


def test_no_strikes_allowed_revokes_on_the_first_late_replay() -> None:
    """STRIKES = 0 is the high-security setting."""
    assert decide(FAMILY, 4, NOON + timedelta(seconds=31), Limits(strikes=0)) == REUSED
