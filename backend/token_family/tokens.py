"""The refresh token of a family: signed again from the row, byte for byte, and so never stored."""

import uuid
from datetime import datetime
from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import router, transaction
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken
from rest_framework_simplejwt.tokens import AuthUser, BlacklistMixin, RefreshToken
from rest_framework_simplejwt.utils import datetime_to_epoch

from token_family import families
from token_family.backends import family_backend
from token_family.claims import ODD_CLAIM, ORIGIN_CLAIM, are_well_formed, may_name_user
from token_family.errors import NamedTokenError
from token_family.judging import ENDINGS, judge
from token_family.models import TokenFamily
from token_family.owners import name_possible_user
from token_family.reasons import Reason


class FamilyRefreshToken(RefreshToken):
    """Names its family in `sid` and its generation in `gen`; holds as long as the family would honour it.

    A token without `sid` was issued by SimpleJWT itself. It counts as the first token of a family that it is
    adopted into when it is refreshed; until then it is treated as SimpleJWT would.
    """

    # SimpleJWT 5.4 copies `iat` too, and the API would refuse an access token from before a clock was set back.
    no_copy_claims = (*RefreshToken.no_copy_claims, "iat")  # type: ignore[assignment] # another length is as good

    @property
    def is_stock(self) -> bool:
        """Whether SimpleJWT itself issued it."""
        return "sid" not in self.payload

    @property
    def sid(self) -> uuid.UUID:
        """The family."""
        return families.adopted_sid(self.jti) if self.is_stock else uuid.UUID(self.payload["sid"])

    @property
    def generation(self) -> int:
        """The generation that the token was made for."""
        return 0 if self.is_stock else int(self.payload["gen"])

    @property
    def jtis(self) -> set[str]:
        """What ends the family if it is blacklisted: this token, any that may live, and the one it was adopted from."""
        living = {families.jti_of(self.sid, self.generation + ahead) for ahead in (0, 1)}
        return {self.jti, *living, *filter(None, [self.payload.get(ORIGIN_CLAIM)])}

    @property
    def jti(self) -> str:
        """The token's own id."""
        return str(self.payload[api_settings.JTI_CLAIM])

    @classmethod
    def for_user(cls, user: AuthUser) -> Self:
        """Start a family for a sign-in, and return its first token."""
        # Past the mixin, which would store the token's text.
        token = super(BlacklistMixin, cls).for_user(user)
        family = families.start(user.pk, families.now_in_whole_seconds())
        token.payload["sid"] = family.sid.hex  # or it would be taken for one of SimpleJWT's own
        token.stamp(family)
        return token

    def stamp(self, family: TokenFamily) -> None:
        """Make this the family's newest token; the same row always gives the same token."""
        if self.is_stock:
            self.payload[ORIGIN_CLAIM] = self.jti
        expires_at = min(family.rotated_at + self.lifetime, family.expires_at)
        self.payload["sid"] = family.sid.hex
        self.payload["gen"] = family.generation
        self.payload[api_settings.JTI_CLAIM] = families.jti_of(family.sid, family.generation)
        self.payload["iat"] = datetime_to_epoch(family.rotated_at)
        self.payload["exp"] = datetime_to_epoch(expires_at)

    def name_owner(self, owner: AbstractBaseUser) -> None:
        """Name the user whom the row names, whoever was named, or by whichever id, as a sign-in does."""
        name = str(getattr(owner, api_settings.USER_ID_FIELD))
        # What says the same stays as it is: SimpleJWT 5.4 writes a number where 5.5 writes a text.
        if str(self.payload.get(api_settings.USER_ID_CLAIM)) != name:
            self.payload[api_settings.USER_ID_CLAIM] = name

    def get_token_backend(self) -> TokenBackend:
        """Return a backend that never refuses for `iat`."""
        return family_backend()

    def verify(self, *args: object, **kwargs: object) -> None:
        """Check shape and type before anything is asked of the database; raise TokenError if wrong."""
        if not are_well_formed(self.payload):
            raise NamedTokenError(Reason.MALFORMED)
        self.verify_token_type()
        if not may_name_user(self.payload):
            raise NamedTokenError(Reason.NO_ACTIVE_ACCOUNT)
        super().verify(*args, **kwargs)

    def verify_token_type(self) -> None:
        """Raise NamedTokenError for an access token."""
        if self.payload.get(api_settings.TOKEN_TYPE_CLAIM) != self.token_type:
            raise NamedTokenError(Reason.WRONG_TYPE)

    def check_exp(self, claim: str = "exp", current_time: datetime | None = None) -> None:
        """Raise TokenError for a token that has expired, or whose expiry is no moment that a clock can show."""
        try:
            super().check_exp(claim, current_time)
        except ODD_CLAIM as error:
            raise NamedTokenError(Reason.MALFORMED) from error

    def check_blacklist(self) -> None:
        """Raise NamedTokenError if the family has ended, or would end if this token were used."""
        if self.is_stock:
            self._check_stock_blacklist()
            if not families.exists(self.sid):
                return
        decision = judge(self).decision
        if decision.action in ENDINGS:
            raise NamedTokenError(decision.reason)

    def blacklist(self) -> BlacklistedToken:
        """Sign the family out, whichever of its tokens this is; return what SimpleJWT returns."""
        of_family = None if self.is_stock else OutstandingToken.objects.filter(jti=self.sid.hex).first()
        if of_family is None:
            return self._blacklist_alone()
        with transaction.atomic(using=router.db_for_write(BlacklistedToken)):
            # SimpleJWT's annotation leaves out that it returns a pair.
            return BlacklistedToken.objects.get_or_create(token=of_family)  # type: ignore[return-value]

    def _blacklist_alone(self) -> BlacklistedToken:
        if not name_possible_user(self.payload):
            raise NamedTokenError(Reason.NO_ACTIVE_ACCOUNT)
        return super().blacklist()

    def _check_stock_blacklist(self) -> None:
        try:
            super().check_blacklist()
        except TokenError as error:
            raise NamedTokenError(Reason.BLACKLISTED) from error


class UnjudgedRefreshToken(FamilyRefreshToken):
    """Holds in itself (signature, expiry, type); its family is judged by whoever acts on the judgement."""

    def check_blacklist(self) -> None:
        """Look up only tokens of SimpleJWT's own."""
        if self.is_stock:
            self._check_stock_blacklist()
