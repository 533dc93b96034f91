"""Tells people of a family: by a name that is no key to it, when it was used, and whether it lives."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from rest_framework_simplejwt.settings import api_settings

from token_family.backends import family_backend
from token_family.reasons import Reason

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from token_family.models import TokenFamily

LIVING = "living"


def log_name(sid: uuid.UUID) -> str:
    """Return the family's name in logs and lists: 12 hexadecimal digits that the session's id cannot be had from."""
    return hashlib.sha256(sid.bytes).hexdigest()[:12]


def last_refresh(family: TokenFamily) -> datetime | None:
    """Return when the family's tokens were last rotated; None if they never were."""
    return family.rotated_at if family.generation else None


def state_of(family: TokenFamily, now: datetime) -> str:
    """Return `living`, or the word by which a refresh with the family's newest token would be refused.

    An expired session, idle or aged, is `expired`. A changed password cannot be told: only the token knows the old one.
    """
    if family.ended:
        return family.ended
    if _is_over(family, now):
        return Reason.EXPIRED
    user = family.outstanding.user
    is_active = user is not None and api_settings.USER_AUTHENTICATION_RULE(user)
    return LIVING if is_active else Reason.NO_ACTIVE_ACCOUNT


def _is_over(family: TokenFamily, now: datetime) -> bool:
    newest_expires = family.rotated_at + api_settings.REFRESH_TOKEN_LIFETIME + family_backend().get_leeway()
    return bool(min(newest_expires, family.expires_at) <= now)
