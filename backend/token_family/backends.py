"""Reads tokens as SimpleJWT does, except that neither `iat` nor a change of the key is a reason to refuse one."""

import logging
from functools import cache
from typing import Any

import jwt
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.exceptions import TokenBackendError
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.tokens import Token

from token_family.limits import previous_keys

log = logging.getLogger("token_family")


class FamilyBackend(TokenBackend):
    """Accepts a token issued in the future (a clock was set back, or is ahead), or signed with a previous key."""

    def decode(self, token: Token, verify: bool = True) -> dict[str, Any]:  # noqa: FBT001, FBT002 - SimpleJWT's signature
        """Return the claims of a validly signed, unexpired token; raise TokenBackendError otherwise."""
        try:
            return super().decode(token, verify)
        except TokenBackendError as error:
            if isinstance(error.__cause__, jwt.ImmatureSignatureError):
                return self._of_the_future(token)
            if isinstance(error.__cause__, jwt.InvalidSignatureError):
                return self._of_a_previous_key(token, error)
            raise
        except (OverflowError, RecursionError) as error:  # as PyJWT 2.8 leaves an infinite `exp`, or a deep header
            raise TokenBackendError("Token is invalid") from error

    def _of_the_future(self, token: Token) -> dict[str, Any]:
        claims = self._decode_whatever_iat(token, self.get_verifying_key(token))
        log.warning("immature_iat: a token was issued %s, which is yet to come", claims.get("iat"))
        return claims

    def _of_a_previous_key(self, token: Token, error: TokenBackendError) -> dict[str, Any]:
        for nth, key in enumerate(previous_keys(), start=1):
            try:
                claims = self._decode_whatever_iat(token, key)
            except TokenBackendError as failed:
                if isinstance(failed.__cause__, jwt.InvalidSignatureError):
                    continue
                raise
            log.info("previous_key: a token was still signed with key %d of PREVIOUS_KEYS", nth)
            return claims
        raise error

    def _decode_whatever_iat(self, token: Token, key: Any) -> dict[str, Any]:  # noqa: ANN401 - as PyJWT takes it
        try:
            return jwt.decode(
                token,  # type: ignore[arg-type] # a text, whatever SimpleJWT's annotation says
                key,
                algorithms=[self.algorithm],
                audience=self.audience,
                issuer=self.issuer,
                leeway=self.get_leeway(),
                options={"verify_aud": self.audience is not None, "verify_iat": False},
            )
        except jwt.InvalidTokenError as error:
            raise TokenBackendError("Token is invalid or expired") from error


@cache
def family_backend() -> FamilyBackend:
    """Return the backend made from the project's SIMPLE_JWT settings."""
    return FamilyBackend(
        api_settings.ALGORITHM,
        api_settings.SIGNING_KEY,
        api_settings.VERIFYING_KEY,
        api_settings.AUDIENCE,
        api_settings.ISSUER,
        api_settings.JWK_URL,
        api_settings.LEEWAY,
        api_settings.JSON_ENCODER,
    )
