"""Carries the rule out: one statement reads, one writes, and whoever loses a race decides again."""

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db.models import Q
from rest_framework_simplejwt.settings import api_settings

from token_family import families
from token_family.attempts import Attempt
from token_family.decide import Action
from token_family.errors import NamedTokenError, ServerBusyError
from token_family.judging import ENDINGS, Judgement, bound_to_password, judge
from token_family.reasons import Reason, Trouble
from token_family.tokens import FamilyRefreshToken

# Losing once is a race; the second look already sees the winner's generation.
TRIES = 5


def renew(token: FamilyRefreshToken, attempt: Attempt) -> None:
    """Make the token its family's newest; or raise NamedTokenError (over) or ServerBusyError."""
    for _ in range(TRIES):
        judgement = judge(token)
        attempt.note(token, judgement)
        if _carry_out(token, judgement):
            token.stamp(judgement.family)
            return
    raise ServerBusyError(Trouble.CONTENTION)


def adopt(token: FamilyRefreshToken) -> bool:
    """Give a token of SimpleJWT's own its family, once; tell whether this call did."""
    if families.exists(token.sid):
        return False
    owner = _owner(token)
    if owner is None:
        raise NamedTokenError(Reason.NO_ACTIVE_ACCOUNT)
    return families.adopt(token.sid, owner.pk, families.now_in_whole_seconds())


def check_unrotated(token: FamilyRefreshToken, attempt: Attempt) -> None:
    """Refuse, and end the family, as `renew` would, but change nothing for a token that holds."""
    if token.is_stock and not families.exists(token.sid):
        _check_password(token)
        return
    judgement = judge(token)
    attempt.note(token, judgement)
    if judgement.decision.action in ENDINGS:
        _carry_out(token, judgement)


def _check_password(token: FamilyRefreshToken) -> None:
    if not api_settings.CHECK_REVOKE_TOKEN:
        return
    owner = _owner(token)
    if owner is not None and not bound_to_password(token, owner):
        raise NamedTokenError(Reason.PASSWORD_CHANGED)


def _owner(token: FamilyRefreshToken) -> AbstractBaseUser | None:
    whose = {api_settings.USER_ID_FIELD: token.get(api_settings.USER_ID_CLAIM)}
    users = get_user_model()._default_manager  # noqa: SLF001 - Django's documented name
    try:
        return users.filter(**whose).first()
    except (TypeError, ValueError, OverflowError, ValidationError):
        return None  # an id that no user of this project can have


def _carry_out(token: FamilyRefreshToken, judgement: Judgement) -> bool:
    """Tell whether the token may be stamped; False means that the row changed since it was read."""
    family, decision, now = judgement
    match decision.action:
        case Action.ROTATE:
            return families.advance(family, token.generation + 1, now)
        case Action.REISSUE_WITH_STRIKE:
            return families.strike(family)
        case Action.REISSUE:
            return True
        case Action.REVOKE:
            families.end(Q(sid=family.sid), Reason.REVOKED_REUSE, now)
            raise NamedTokenError(decision.reason)
        case Action.REFUSE:
            raise NamedTokenError(decision.reason)
