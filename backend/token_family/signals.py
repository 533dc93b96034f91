"""Whatever blacklists a token, through whichever of SimpleJWT's idioms, ends the token's family."""

from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import receiver
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken

from token_family import families
from token_family.reasons import Reason
from token_family.reissued import kin_of


@receiver(post_save, sender=BlacklistedToken)
def end_family_of_blacklisted_token(instance: BlacklistedToken, **_: object) -> None:
    """End the family that the blacklisted token belongs to, so that a refresh in flight sees it too."""
    outstanding = instance.token
    kin = kin_of(outstanding)
    sids = {families.adopted_sid(outstanding.jti), *([kin.sid] if kin else [])}
    of_family = Q(outstanding=outstanding) | Q(sid__in=sids)
    families.end(of_family, Reason.LOGGED_OUT, families.now_in_whole_seconds())
