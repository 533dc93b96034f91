"""Whatever blacklists a token, through whichever of SimpleJWT's idioms, ends the token's family."""

import uuid

import jwt
from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import receiver
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken

from token_family import families
from token_family.reasons import Reason


@receiver(post_save, sender=BlacklistedToken)
def end_family_of_blacklisted_token(instance: BlacklistedToken, **_: object) -> None:
    """End the family that the blacklisted token belongs to, so that a refresh in flight sees it too."""
    outstanding = instance.token
    sids = {families.adopted_sid(outstanding.jti), *_sids_in(outstanding)}
    of_family = Q(outstanding=outstanding) | Q(sid__in=sids)
    families.end(of_family, Reason.LOGGED_OUT, families.now_in_whole_seconds())


def _sids_in(outstanding: OutstandingToken) -> list[uuid.UUID]:
    """Read the family out of a stored token; our own database needs no signature."""
    try:
        claims = jwt.decode(outstanding.token, options={"verify_signature": False})
        return [uuid.UUID(claims["sid"])]
    except (jwt.InvalidTokenError, AttributeError, KeyError, ValueError):
        return []
