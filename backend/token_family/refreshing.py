"""Carries the rule out: one statement reads, one writes, and whoever loses a race decides again."""

from django.db.models import Q
from rest_framework_simplejwt.settings import api_settings

from token_family import families
from token_family.attempts import Attempt
from token_family.clients import Client, noted
from token_family.decide import Action
from token_family.errors import NamedTokenError, ServerBusyError
from token_family.judging import ENDINGS, Judgement, account_refusal, bound_to_password, judge
from token_family.owners import find_user, name_possible_user
from token_family.reasons import Reason, Trouble
from token_family.tokens import FamilyRefreshToken

# Losing once is a race; the second look already sees the winner's generation.
TRIES = 5


def renew(token: FamilyRefreshToken, attempt: Attempt, client: Client | None) -> None:
    """Make the token its family's newest; or raise NamedTokenError (over) or ServerBusyError."""
    for _ in range(TRIES):
        judgement = judge(token)
        attempt.note(token, judgement, client)
        if _carry_out(token, judgement, client):
            token.stamp(judgement.family)
            return
    raise ServerBusyError(Trouble.CONTENTION)


def adopt(token: FamilyRefreshToken) -> bool:
    """Give a token of SimpleJWT's own its family, once, unless its user is refused; tell whether this call did."""
    if families.exists(token.sid):
        return False
    owner = find_user(token.payload)
    if owner is None:
        raise NamedTokenError(Reason.NO_ACTIVE_ACCOUNT)
    refusal = account_refusal(token, owner)
    if refusal:
        raise NamedTokenError(refusal)
    return families.adopt(token.sid, owner.pk, families.now_in_whole_seconds())


def check_unrotated(token: FamilyRefreshToken, attempt: Attempt, client: Client | None) -> None:
    """Refuse, and end the family, as `renew` would, but change nothing for a token that holds."""
    if token.is_stock and not families.exists(token.sid):
        _check_named_user(token)
        return
    judgement = judge(token)
    attempt.note(token, judgement, client)
    if judgement.decision.action in ENDINGS:
        _carry_out(token, judgement, client)


def _check_named_user(token: FamilyRefreshToken) -> None:
    if not name_possible_user(token.payload):
        raise NamedTokenError(Reason.NO_ACTIVE_ACCOUNT)
    owner = find_user(token.payload) if api_settings.CHECK_REVOKE_TOKEN else None
    if owner is not None and not bound_to_password(token, owner):
        raise NamedTokenError(Reason.PASSWORD_CHANGED)


def _carry_out(token: FamilyRefreshToken, judgement: Judgement, client: Client | None) -> bool:
    """Tell whether the token may be stamped; False means that the row changed since it was read."""
    family, decision, now = judgement
    match decision.action:
        case Action.ROTATE:
            following = token.generation + 1
            return families.advance(family, following, now, noted(client, family.sid, following))
        case Action.REISSUE_WITH_STRIKE:
            return families.strike(family)
        case Action.REISSUE:
            return True
        case Action.REVOKE:
            families.end(Q(sid=family.sid), Reason.REVOKED_REUSE, now)
            raise NamedTokenError(decision.reason)
        case Action.REFUSE:
            raise NamedTokenError(decision.reason)
