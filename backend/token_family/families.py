"""Every statement sent to the database about families; each change is one conditional UPDATE."""

import uuid
from datetime import datetime

from django.db import router, transaction
from django.db.models import Case, Exists, F, Q, QuerySet, Value, When
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken
from rest_framework_simplejwt.utils import aware_utcnow

from token_family.limits import current_limits
from token_family.models import TokenFamily


def now_in_whole_seconds() -> datetime:
    """Return the time as rows and tokens hold it, so that both say the same."""
    return aware_utcnow().replace(microsecond=0)


def jti_of(sid: uuid.UUID, generation: int) -> str:
    """Return the jti that a family's token of a generation carries."""
    return uuid.uuid5(sid, str(generation)).hex


def start(user_id: int | str, now: datetime) -> TokenFamily:
    """Create the family of a new sign-in."""
    sid = uuid.uuid4()
    database = router.db_for_write(TokenFamily)
    with transaction.atomic(using=database):
        outstanding = OutstandingToken.objects.using(database).create(
            user_id=user_id,
            jti=sid.hex,
            token="",
            created_at=now,
            expires_at=now + current_limits().absolute_lifetime,
        )
        return TokenFamily.objects.using(database).create(sid=sid, outstanding=outstanding, rotated_at=now)


def find(sid: uuid.UUID, generation: int, jti: str) -> TokenFamily | None:
    """Return the family with its user and whether it is blacklisted, in one statement.

    Signals tell of most blacklistings, but bulk_create sends none: so the jtis of the family that may
    still be honoured are looked up as well.
    """
    jtis = {sid.hex, jti, jti_of(sid, generation), jti_of(sid, generation + 1)}
    blacklisted = Exists(BlacklistedToken.objects.filter(token__jti__in=jtis))
    rows = _rows().filter(sid=sid).select_related("outstanding__user").annotate(on_blacklist=blacklisted)
    family = rows.first()
    if family is not None:
        family.blacklisted = family.on_blacklist
    return family


def advance(family: TokenFamily, generation: int, now: datetime) -> bool:
    """Move the family to a generation, unless it has changed since it was read; tell whether it moved."""
    moved = _as_read(family).update(
        strikes=Case(When(dirty=True, then=F("strikes")), default=Value(0)),
        dirty=False,
        generation=generation,
        rotated_at=now,
    )
    if moved:
        family.generation, family.rotated_at = generation, now
    return bool(moved)


def strike(family: TokenFamily) -> bool:
    """Count a late replay against this generation, unless the family has changed since it was read."""
    return bool(_as_read(family).filter(dirty=False).update(dirty=True, strikes=F("strikes") + 1))


def end(which: Q, reason: str, now: datetime) -> None:
    """End the families that match and have not ended yet."""
    _rows().filter(which, revoked_at=None).update(revoked_at=now, revoked_reason=reason)


def _rows() -> QuerySet[TokenFamily]:
    # A replica may lag behind, and then every racing tab would look like a thief.
    return TokenFamily.objects.using(router.db_for_write(TokenFamily))


def _as_read(family: TokenFamily) -> QuerySet[TokenFamily]:
    return _rows().filter(sid=family.sid, generation=family.generation, revoked_at=None)
