"""Finds a token's family and applies the rule to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.utils import get_md5_hash_password

from token_family import families
from token_family.decide import Action, Decision, decide, why_over
from token_family.errors import NamedTokenError
from token_family.limits import current_limits
from token_family.reasons import Reason

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from token_family.models import TokenFamily
    from token_family.tokens import FamilyRefreshToken


ENDINGS = {Action.REFUSE, Action.REVOKE}


class Judgement(NamedTuple):
    """A family as it was read, what the rule says of the token, and when."""

    family: TokenFamily
    decision: Decision
    now: datetime


def judge(token: FamilyRefreshToken) -> Judgement:
    """Read the token's family and decide; raise NamedTokenError if there is none. Nothing is written."""
    family = families.find(token.sid, token.jtis, token.generation)
    if family is None:
        raise NamedTokenError(Reason.FAMILY_UNKNOWN)
    now = families.now_in_whole_seconds()
    decision = decide(family.state(), token.generation, now, current_limits())
    if decision.action not in ENDINGS:
        refusal = account_refusal(token, family.outstanding.user, family)
        decision = Decision(Action.REFUSE, refusal) if refusal else decision
    return Judgement(family, decision, now)


def why_session_is_over(sid: uuid.UUID, adopted_from: str | None) -> str:
    """Return why a session is over whatever is presented, or an empty text; nothing is written."""
    family = families.find(sid, filter(None, [adopted_from]))
    if family is None:
        return Reason.FAMILY_UNKNOWN
    return why_over(family.state(), families.now_in_whole_seconds())


def account_refusal(
    token: FamilyRefreshToken, owner: AbstractBaseUser | None, family: TokenFamily | None = None
) -> Reason | None:
    """Return why a session's owner is refused, or None; then the token names this owner and their password."""
    if owner is None or not api_settings.USER_AUTHENTICATION_RULE(owner):
        return Reason.NO_ACTIVE_ACCOUNT
    # The access token would be refused on every use, and refreshed for ever.
    if not bound_to_password(token, owner) and not _rehashed(token, family, get_md5_hash_password(owner.password)):
        return Reason.PASSWORD_CHANGED
    token.name_owner(owner)
    return None


def _rehashed(token: FamilyRefreshToken, family: TokenFamily | None, current: str) -> bool:
    """Tell whether the token's password is the user's, under another hash; if so, make it name the new one."""
    named = token.payload[api_settings.REVOKE_TOKEN_CLAIM]
    if family is None or (named, current) != (family.password_was, family.password_is):
        return False
    token.payload[api_settings.REVOKE_TOKEN_CLAIM] = current
    return True


def bound_to_password(token: FamilyRefreshToken, user: AbstractBaseUser) -> bool:
    """Tell whether the token was made for the user's password; one that names none is bound to it now.

    Such a token is older than the setting CHECK_REVOKE_TOKEN: refusing it would sign everybody out on the day
    that the setting is switched on. The price: a change of the password does not end what holds such a token.
    """
    if not api_settings.CHECK_REVOKE_TOKEN:
        return True
    current = get_md5_hash_password(user.password)
    return bool(token.payload.setdefault(api_settings.REVOKE_TOKEN_CLAIM, current) == current)
