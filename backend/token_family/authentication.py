"""Refuses the access tokens of a session that has ended, for those who would rather pay than wait an hour.

REST_FRAMEWORK = {"DEFAULT_AUTHENTICATION_CLASSES": ["token_family.authentication.FamilyJWTAuthentication"]}
"""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser
from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.tokens import Token

from token_family.claims import ORIGIN_CLAIM, name_family
from token_family.errors import RefusedError
from token_family.judging import why_session_is_over
from token_family.reasons import Reason


class FamilyJWTAuthentication(JWTAuthentication):
    """Asks the family at each request: one statement more, and a sign-out or a theft counts at once.

    An access token that SimpleJWT issued, before its session was adopted, names no family and is not asked about.
    """

    # SimpleJWT's annotation is a type variable that nothing binds.
    def get_user(self, validated_token: Token) -> AbstractBaseUser:  # type: ignore[override]
        """Return the token's user; raise RefusedError (401 with `reason`) if the session is over."""
        user = super().get_user(validated_token)
        reason = _why_over(validated_token)
        if reason:
            raise RefusedError(reason)
        return user


def _why_over(token: Token) -> str:
    if "sid" not in token.payload:
        return ""
    if not name_family(token.payload):
        return Reason.MALFORMED
    return why_session_is_over(uuid.UUID(token.payload["sid"]), token.payload.get(ORIGIN_CLAIM))
