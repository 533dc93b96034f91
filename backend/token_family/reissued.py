"""Tells a token that SimpleJWT has rotated from one that was signed out, while old servers still run beside new ones.

To a server without this app, a family's token is one of its own: it blacklists it and issues another with the same
claims under a jti of its own. The blacklist alone looks like a sign-out; the successor's row tells that it is none.
"""

import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

import jwt
from django.contrib.auth.base_user import AbstractBaseUser
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken
from rest_framework_simplejwt.utils import aware_utcnow

# SimpleJWT dates the successor when it has read the token, and the blacklisting a moment later.
A_MOMENT = timedelta(seconds=5)


class Kin(NamedTuple):
    """Where a token belongs: its family, and the generation that it was made for."""

    sid: uuid.UUID
    generation: int


def kin_of(outstanding: OutstandingToken) -> Kin | None:
    """Read it out of a stored token, for our own database needs no signature; None if it is of no family."""
    try:
        claims = jwt.decode(outstanding.token, options={"verify_signature": False})
        return Kin(uuid.UUID(claims["sid"]), int(claims["gen"]))
    except (jwt.InvalidTokenError, AttributeError, KeyError, TypeError, ValueError):
        return None


def lives_on_in_simplejwt(kin: Kin, user: AbstractBaseUser | None, jtis: Iterable[str], database: str) -> bool:
    """Tell whether the last of these jtis to be blacklisted was rotated, and what it became still lives."""
    if user is None:
        return False
    blacklisted = BlacklistedToken.objects.using(database).filter(token__jti__in=set(jtis))
    newest = blacklisted.latest("blacklisted_at").blacklisted_at
    successors = OutstandingToken.objects.using(database).filter(
        user_id=user.pk,
        created_at__gte=newest - A_MOMENT,
        expires_at__gt=aware_utcnow(),
        blacklistedtoken=None,
    )
    # SimpleJWT copies the generation; a token of an earlier one was overtaken by a server with this app.
    return any(kin_of(successor) == kin for successor in successors.exclude(token=""))
