"""Every statement sent to the database about families; each change is one conditional UPDATE."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import router, transaction
from django.db.models import Case, Exists, F, Q, QuerySet, Value, When
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken
from rest_framework_simplejwt.utils import aware_utcnow

from token_family.limits import current_limits
from token_family.models import TokenFamily

# The namespace of the families that SimpleJWT's own tokens are adopted into: never to change.
ADOPTED = uuid.UUID("6f1b8e0c-3c52-5d0e-9f63-0f6a4a6c2b17")


def now_in_whole_seconds() -> datetime:
    """Return the time as rows and tokens hold it, so that both say the same."""
    return aware_utcnow().replace(microsecond=0)


def jti_of(sid: uuid.UUID, generation: int) -> str:
    """Return the jti that a family's token of a generation carries."""
    return uuid.uuid5(sid, str(generation)).hex


def adopted_sid(jti: str) -> uuid.UUID:
    """Return the family that a token of SimpleJWT's own belongs to, the same whoever presents it first."""
    return uuid.uuid5(ADOPTED, jti)


def start(user_id: object, now: datetime) -> TokenFamily:
    """Create the family of a new sign-in."""
    sid = uuid.uuid4()
    database = router.db_for_write(TokenFamily)
    with transaction.atomic(using=database):
        outstanding = OutstandingToken.objects.using(database).create(jti=sid.hex, **_begun(user_id, now))
        return TokenFamily.objects.using(database).create(sid=sid, outstanding=outstanding, rotated_at=now)


def adopt(sid: uuid.UUID, user_id: object, now: datetime) -> bool:
    """Create the family of a session that SimpleJWT began, once; tell whether this call did."""
    database = router.db_for_write(TokenFamily)
    with transaction.atomic(using=database):
        outstanding, _ = OutstandingToken.objects.using(database).get_or_create(
            jti=sid.hex, defaults=_begun(user_id, now)
        )
        _, is_new = TokenFamily.objects.using(database).get_or_create(
            sid=sid, defaults={"outstanding": outstanding, "rotated_at": now}
        )
    return is_new


def exists(sid: uuid.UUID) -> bool:
    """Tell whether there is such a family, ended or not."""
    return _rows().filter(sid=sid).exists()


def find(sid: uuid.UUID, jtis: Iterable[str] = ()) -> TokenFamily | None:
    """Return the family with its user and whether it is blacklisted, in one statement.

    Signals tell of most blacklistings, but bulk_create sends none: so the `jtis` of the family that may
    still be honoured are looked up as well.
    """
    blacklisted = Exists(BlacklistedToken.objects.filter(token__jti__in={sid.hex, *jtis}))
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


def follow_rehash(user_id: int | str, before: str, after: str, but: uuid.UUID) -> None:
    """Note in the user's living families, but one, that a password's fingerprint changed and the password did not."""
    living = _rows().filter(outstanding__user_id=user_id, revoked_at=None).exclude(sid=but)
    # Someone who sleeps through two new hashes still comes with the first.
    living.update(
        password_was=Case(When(password_is=before, then=F("password_was")), default=Value(before)),
        password_is=after,
    )


def _begun(user_id: object, now: datetime) -> dict[str, object]:
    expires_at = now + current_limits().absolute_lifetime
    return {"user_id": user_id, "token": "", "created_at": now, "expires_at": expires_at}


def _rows() -> QuerySet[TokenFamily]:
    # A replica may lag behind, and then every racing tab would look like a thief.
    return TokenFamily.objects.using(router.db_for_write(TokenFamily))


def _as_read(family: TokenFamily) -> QuerySet[TokenFamily]:
    return _rows().filter(sid=family.sid, generation=family.generation, revoked_at=None)
