"""Plugs families into SimpleJWT's own views, through SIMPLE_JWT["TOKEN_*_SERIALIZER"]."""

from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import ObjectDoesNotExist
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.fields import empty
from rest_framework_simplejwt.serializers import (
    TokenBlacklistSerializer,
    TokenObtainPairSerializer,
    TokenRefreshSerializer,
    TokenVerifySerializer,
)
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.tokens import UntypedToken

from token_family.attempts import logged_attempt
from token_family.claims import ODD_CLAIM, is_id
from token_family.clients import client_of
from token_family.clocks import is_of_the_future, skew_s
from token_family.errors import NamedTokenError, answered_by_name
from token_family.reasons import Granted, Reason
from token_family.refreshing import adopt, check_unrotated, renew
from token_family.rehash import follow_rehash, stored_hash
from token_family.tokens import FamilyRefreshToken, UnjudgedRefreshToken

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from rest_framework.request import Request


class FamilyObtainSerializer(TokenObtainPairSerializer):
    """Sign-in: starts a family."""

    token_class = FamilyRefreshToken

    def validate(self, attrs: dict[str, Any]) -> dict[str, str]:
        """Return the first pair."""
        with answered_by_name():
            before = stored_hash(attrs)
            pair = super().validate(attrs)
            signed_in = FamilyRefreshToken(pair["refresh"], verify=False).sid  # type: ignore[arg-type] # a text
            follow_rehash(cast("AbstractBaseUser", self.user), attrs["password"], before, signed_in)
            return pair


class FamilyRefreshSerializer(TokenRefreshSerializer):
    """Refresh: rotates, gives the newest token again, or ends the family."""

    token_class = FamilyRefreshToken

    def run_validation(self, data: object = empty) -> object:
        """Validate, and log how it ended."""
        with logged_attempt() as self.attempt, answered_by_name():
            if self._request is not None:
                self.attempt.skew_s = skew_s(self._request.headers.get("X-Client-Time", ""))
            return super().run_validation(data)

    def validate(self, attrs: dict[str, Any]) -> dict[str, str]:
        """Return a fresh access token with the family's newest refresh token."""
        token = UnjudgedRefreshToken(attrs["refresh"])
        self.attempt.immature_iat = is_of_the_future(token.get("iat")) or None
        client = client_of(self._request)
        if not api_settings.ROTATE_REFRESH_TOKENS:
            check_unrotated(token, self.attempt, client)
            return self._as_stock(token)
        adopted = token.is_stock and adopt(token)
        renew(token, self.attempt, client)
        if adopted:
            self.attempt.outcome = Granted.LEGACY_ADOPTED
        return {"access": str(token.access_token), "refresh": str(token)}

    @property
    def _request(self) -> "Request | None":
        # A serializer that is called by hand has none.
        return self.context.get("request")

    def _as_stock(self, token: UnjudgedRefreshToken) -> dict[str, str]:
        try:
            answer = super().validate({"refresh": str(token)})
        except (AuthenticationFailed, ObjectDoesNotExist) as error:
            raise NamedTokenError(Reason.NO_ACTIVE_ACCOUNT) from error
        self.attempt.outcome = Granted.NOT_ROTATED
        return answer


class FamilyVerifySerializer(TokenVerifySerializer):
    """Verify: a refresh token is valid as long as its family would honour it."""

    def validate(self, attrs: dict[str, Any]) -> dict[Any, Any]:
        """Return nothing if the token holds."""
        with answered_by_name():
            claimed = FamilyRefreshToken(attrs["token"], verify=False)
            if claimed.get(api_settings.TOKEN_TYPE_CLAIM) != FamilyRefreshToken.token_type:
                return self._as_stock(attrs)
            FamilyRefreshToken(attrs["token"])
            return {}

    def _as_stock(self, attrs: dict[str, Any]) -> dict[Any, Any]:
        try:
            # SimpleJWT looks it up, and PostgreSQL takes no NUL.
            if not is_id(UntypedToken(attrs["token"]).get(api_settings.JTI_CLAIM)):
                raise NamedTokenError(Reason.MALFORMED)
            return super().validate(attrs)
        except ODD_CLAIM as error:
            raise NamedTokenError(Reason.MALFORMED) from error


class FamilyBlacklistSerializer(TokenBlacklistSerializer):
    """Sign-out: any token of the family ends it, and to end it twice is no error."""

    token_class = UnjudgedRefreshToken

    def validate(self, attrs: dict[str, Any]) -> dict[Any, Any]:
        """Return nothing once the family has ended."""
        with answered_by_name():
            return super().validate(attrs)
