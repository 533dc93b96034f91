"""Sessions where SimpleJWT keeps them: every outstanding token is one."""

from datetime import UTC, datetime

import jwt
from django.contrib.auth.models import User
from django.utils import timezone
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken

from lab.sessions import Session


def sessions_of(user: User) -> list[Session]:
    """Return a session for each outstanding token."""
    tokens = OutstandingToken.objects.filter(user=user).order_by("id")
    blacklisted = set(BlacklistedToken.objects.filter(token__in=tokens).values_list("token_id", flat=True))
    return [_session(token, blacklisted=token.pk in blacklisted) for token in tokens]


def _session(token: OutstandingToken, *, blacklisted: bool) -> Session:
    reason = "blacklisted" if blacklisted else "expired" if _end(token) <= timezone.now() else ""
    return Session(sid=token.jti, generation=0, alive=not reason, reason=reason, strikes=0, dirty=False)


def _end(token: OutstandingToken) -> datetime:
    """Return when the session ends at the latest: a sliding token can be renewed beyond its own expiry."""
    claims = jwt.decode(token.token, options={"verify_signature": False})
    renewable_until = claims.get(api_settings.SLIDING_TOKEN_REFRESH_EXP_CLAIM)
    return datetime.fromtimestamp(renewable_until, UTC) if renewable_until else token.expires_at
