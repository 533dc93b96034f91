"""Reads tokens as SimpleJWT does, except that `iat` is never a reason to refuse one."""

import logging
from functools import cache
from typing import Any

import jwt
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.exceptions import TokenBackendError, TokenBackendExpiredToken
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.tokens import Token

log = logging.getLogger("token_family")


class IatTolerantBackend(TokenBackend):
    """Accepts a token issued in the future: this server's clock was set back, or another's is ahead."""

    def decode(self, token: Token, verify: bool = True) -> dict[str, Any]:  # noqa: FBT001, FBT002 - SimpleJWT's signature
        """Return the claims of a validly signed, unexpired token; raise TokenBackendError otherwise."""
        try:
            return super().decode(token, verify)
        except TokenBackendError as error:
            if not isinstance(error.__cause__, jwt.ImmatureSignatureError):
                raise
        claims = self._decode_whatever_iat(token)
        log.warning("immature_iat: a token was issued %s, which is yet to come", claims.get("iat"))
        return claims

    def _decode_whatever_iat(self, token: Token) -> dict[str, Any]:
        try:
            return jwt.decode(
                token,  # type: ignore[arg-type] # a text, whatever SimpleJWT's annotation says
                self.get_verifying_key(token),
                algorithms=[self.algorithm],
                audience=self.audience,
                issuer=self.issuer,
                leeway=self.get_leeway(),
                options={"verify_aud": self.audience is not None, "verify_iat": False},
            )
        except jwt.ExpiredSignatureError as error:
            raise TokenBackendExpiredToken("Token is expired") from error
        except jwt.InvalidTokenError as error:
            raise TokenBackendError("Token is invalid") from error


@cache
def family_backend() -> IatTolerantBackend:
    """Return the backend made from the project's SIMPLE_JWT settings."""
    return IatTolerantBackend(
        api_settings.ALGORITHM,
        api_settings.SIGNING_KEY,
        api_settings.VERIFYING_KEY,
        api_settings.AUDIENCE,
        api_settings.ISSUER,
        api_settings.JWK_URL,
        api_settings.LEEWAY,
        api_settings.JSON_ENCODER,
    )
