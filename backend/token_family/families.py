"""Every statement sent to the database about families; each change is one conditional UPDATE."""

import uuid
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import router, transaction
from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken
from rest_framework_simplejwt.utils import aware_utcnow

from token_family.backends import family_backend
from token_family.limits import current_limits
from token_family.models import TokenFamily
from token_family.reasons import Reason
from token_family.reissued import Kin, lives_on_in_simplejwt
from token_family.statements import any_blacklisted, update_unended

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


def find(sid: uuid.UUID, jtis: Iterable[str] = (), generation: int = 0) -> TokenFamily | None:
    """Return the family with its user and whether it is blacklisted, in one statement.

    Signals tell of most blacklistings, but neither bulk_create nor a server without this app sends any: so the
    `jtis` of the family that may still be honoured are looked up as well, for a token of this `generation`.
    """
    jtis = {sid.hex, *jtis}
    rows = _rows()
    listed = RawSQL(any_blacklisted(rows.db, len(jtis)), tuple(jtis), BooleanField())  # noqa: S611 - Django's own SQL
    rows = rows.filter(sid=sid).select_related("outstanding__user").annotate(listed=listed)
    family = next(iter(rows), None)  # not first(), which sorts
    if family is not None and family.listed:
        family.blacklisted = _is_listed(sid) or not lives_on_in_simplejwt(
            Kin(sid, generation), family.outstanding.user, jtis, rows.db
        )
    return family


def advance(family: TokenFamily, generation: int, now: datetime, rotated_for: str | None) -> bool:
    """Move the family to a generation, unless it has changed since it was read; tell whether it moved."""
    # A strike counted meanwhile would be forgotten, so `dirty` must be as it was read.
    moved = update_unended(
        router.db_for_write(TokenFamily),
        where={"sid": family.sid, "generation": family.generation, "dirty": family.dirty},
        to={
            "generation": generation,
            "rotated_at": now,
            "dirty": False,
            "strikes": family.strikes if family.dirty else 0,
            "rotated_for": rotated_for,
        },
    )
    if moved:
        family.generation, family.rotated_at = generation, now
    return moved


def strike(family: TokenFamily) -> bool:
    """Count a late replay against this generation, unless the family has changed since it was read."""
    as_read = _rows().filter(sid=family.sid, generation=family.generation, revoked_at=None, dirty=False)
    return bool(as_read.update(dirty=True, strikes=F("strikes") + 1))


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


def listed() -> QuerySet[TokenFamily]:
    """Return all families, each with whether SimpleJWT's row for it is blacklisted."""
    blacklisted = Exists(BlacklistedToken.objects.filter(token=OuterRef("outstanding")))
    return _rows().annotate(blacklisted=blacklisted)  # type: ignore[no-redef] # it is the value of that attribute


def of_user(user_id: int | str) -> QuerySet[TokenFamily]:
    """Return a user's families, newest sign-in first, with the user, in one statement."""
    rows = listed().filter(outstanding__user_id=user_id).select_related("outstanding__user")
    return rows.order_by("-outstanding__created_at", "-outstanding_id")


def ended_for(reason: str) -> Q:
    """Match the families that ended for a reason; for an empty reason those that have not ended."""
    if reason != Reason.LOGGED_OUT:
        return Q(revoked_reason=reason) if reason else Q(revoked_at=None, outstanding__blacklistedtoken=None)
    in_bulk = Q(revoked_at=None, outstanding__blacklistedtoken__isnull=False)
    return Q(revoked_reason=reason) | in_bulk


def reasons_of_ends() -> list[str]:
    """Return the reasons for which families have ended, each once, in alphabetical order."""
    ended = _rows().exclude(revoked_at=None)
    return list(ended.order_by("revoked_reason").values_list("revoked_reason", flat=True).distinct())


def count_dead(at: datetime) -> int:
    """Count the families that could no longer be used at a moment."""
    return _dead(at).count()


def delete_dead(at: datetime, batch: int) -> Iterator[int]:
    """Delete the families that could no longer be used at a moment; after each batch, yield how many it had.

    SimpleJWT's row goes, and takes the family and the entry on the blacklist with it. QuerySet.delete makes
    each batch a transaction, unless one is under way.
    """
    last = 0
    while True:
        # Both columns are named, for PostgreSQL infers neither from the other and would read from the start.
        left = _dead(at).filter(pk__gt=last, family__outstanding_id__gt=last)
        found = left.order_by("pk").values_list("pk", flat=True)[:batch]
        last = max(found, default=0)
        if not last:
            return
        # A range, for SQLite takes only so many keys in a statement.
        yield left.filter(pk__lte=last).delete()[1].get("token_family.TokenFamily", 0)


def _dead(at: datetime) -> QuerySet[OutstandingToken]:
    # The last refresh before the end brought an access token.
    gone = at - family_backend().get_leeway() - api_settings.ACCESS_TOKEN_LIFETIME
    idle_since = gone - api_settings.REFRESH_TOKEN_LIFETIME
    # What a token of SimpleJWT's own was adopted into may end before the token, which would be adopted anew.
    aged = Q(expires_at__lte=gone, created_at__lte=idle_since)
    rows = OutstandingToken.objects.using(router.db_for_write(TokenFamily)).filter(family__isnull=False)
    return rows.filter(Q(family__rotated_at__lte=idle_since) | aged)


def _is_listed(sid: uuid.UUID) -> bool:
    database = router.db_for_write(TokenFamily)
    return BlacklistedToken.objects.using(database).filter(token__jti=sid.hex).exists()


def _begun(user_id: object, now: datetime) -> dict[str, object]:
    expires_at = now + current_limits().absolute_lifetime
    return {"user_id": user_id, "token": "", "created_at": now, "expires_at": expires_at}


def _rows() -> QuerySet[TokenFamily]:
    # A replica may lag behind, and then every racing tab would look like a thief.
    return TokenFamily.objects.using(router.db_for_write(TokenFamily))
