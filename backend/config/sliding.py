"""Sign-out for sliding tokens, which SimpleJWT's own sign-out (made for refresh tokens) refuses."""

from typing import Any

from rest_framework import serializers
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.token_blacklist.models import OutstandingToken
from rest_framework_simplejwt.tokens import SlidingToken
from rest_framework_simplejwt.utils import datetime_from_epoch


class SlidingBlacklistSerializer(serializers.Serializer[Any]):
    """Takes `{"token"}` and ends its session: every renewal carries the same jti."""

    token = serializers.CharField(write_only=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Return nothing once the token is blacklisted; raise TokenError if it no longer holds."""
        token = SlidingToken(attrs["token"])
        token.blacklist()
        # SimpleJWT's row ends with the first token: flushexpiredtokens would forget the sign-out too early.
        ends_at = datetime_from_epoch(token[api_settings.SLIDING_TOKEN_REFRESH_EXP_CLAIM])
        OutstandingToken.objects.filter(jti=token[api_settings.JTI_CLAIM]).update(expires_at=ends_at)
        return {}
