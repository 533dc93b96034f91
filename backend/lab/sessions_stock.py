"""Sessions on `stock`: every outstanding refresh token is one."""

from django.contrib.auth.models import User
from django.utils import timezone
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken

from lab.sessions import Session


def sessions_of(user: User) -> list[Session]:
    """Return a session for each outstanding token."""
    tokens = OutstandingToken.objects.filter(user=user).order_by("id")
    blacklisted = set(BlacklistedToken.objects.filter(token__in=tokens).values_list("token_id", flat=True))
    return [_session(token, blacklisted=token.pk in blacklisted) for token in tokens]


def _session(token: OutstandingToken, *, blacklisted: bool) -> Session:
    reason = "blacklisted" if blacklisted else "expired" if token.expires_at <= timezone.now() else ""
    return Session(sid=token.jti, generation=0, alive=not reason, reason=reason, strikes=0, dirty=False)
