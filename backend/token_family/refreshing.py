"""Carries the rule out: one statement reads, one writes, and whoever loses a race decides again."""

from django.contrib.auth import get_user_model
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


def check_unrotated(token: FamilyRefreshToken, attempt: Attempt) -> None:
    """Refuse, and end the family, as `renew` would, but change nothing for a token that holds."""
    judgement = judge(token)
    attempt.note(token, judgement)
    if judgement.decision.action in ENDINGS:
        _carry_out(token, judgement)


def bind(token: FamilyRefreshToken) -> None:
    """Refuse a token of SimpleJWT's own that was made for another password, if passwords count."""
    if not api_settings.CHECK_REVOKE_TOKEN:
        return
    whose = {api_settings.USER_ID_FIELD: token.get(api_settings.USER_ID_CLAIM)}
    user = get_user_model()._default_manager.filter(**whose).first()  # noqa: SLF001 - Django's documented name
    if user is not None and not bound_to_password(token, user):
        raise NamedTokenError(Reason.PASSWORD_CHANGED)


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
