"""Authenticates API requests by access tokens, more carefully than SimpleJWT does.

REST_FRAMEWORK = {"DEFAULT_AUTHENTICATION_CLASSES": ["token_family.authentication.FamilyJWTAuthentication"]}
refuses the access tokens of a session that has ended, for those who would rather pay than wait an hour.
"""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _
from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.exceptions import AuthenticationFailed, InvalidToken
from rest_framework_simplejwt.tokens import Token

from token_family.claims import ODD_CLAIM, ORIGIN_CLAIM, name_family
from token_family.errors import RefusedError
from token_family.judging import why_session_is_over
from token_family.owners import name_possible_user
from token_family.reasons import Reason


class SturdyJWTAuthentication(JWTAuthentication):
    """SimpleJWT's own, but a signed token whose claims nobody issues answers 401 where SimpleJWT answers 500.

    It asks nothing more of the database, and answers in SimpleJWT's words.
    """

    def get_validated_token(self, raw_token: bytes) -> Token:
        """Return the token; raise InvalidToken also for a claim of a type or size that none has."""
        try:
            return super().get_validated_token(raw_token)
        except ODD_CLAIM as error:
            raise InvalidToken from error

    # SimpleJWT's annotation is a type variable that nothing binds.
    def get_user(self, validated_token: Token) -> AbstractBaseUser:  # type: ignore[override]
        """Return the token's user; raise AuthenticationFailed also for an id that no user can have."""
        if not name_possible_user(validated_token.payload):
            raise AuthenticationFailed(_("User not found"), code="user_not_found")
        user: AbstractBaseUser = super().get_user(validated_token)
        return user


class FamilyJWTAuthentication(SturdyJWTAuthentication):
    """Asks the family at each request: one statement more, and a sign-out or a theft counts at once.

    An access token that SimpleJWT issued, before its session was adopted, names no family and is not asked about.
    """

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
