"""Counts what the database holds of sessions: SimpleJWT's tokens and, where it is installed, token families."""

from django.apps import apps
from django.db.models import Count, Q
from django.utils import timezone
from rest_framework_simplejwt.settings import api_settings

Counts = dict[str, int]


def stored() -> dict[str, Counts]:
    """Return counts for each app that is installed, under what its rows are called."""
    counted: dict[str, Counts] = {}
    if apps.is_installed("rest_framework_simplejwt.token_blacklist"):
        counted["tokens"] = _tokens()
    # Looked up by name: this app works without the other.
    if apps.is_installed("token_family"):
        counted["families"] = _families()
    return counted


def _tokens() -> Counts:
    """Expired rows are of no use to anybody: flushexpiredtokens removes them."""
    rows = apps.get_model("token_blacklist", "OutstandingToken")._default_manager  # noqa: SLF001 - Django's documented name
    counted: Counts = rows.aggregate(
        outstanding=Count("pk"),
        blacklisted=Count("blacklistedtoken"),
        expired=Count("pk", filter=Q(expires_at__lte=timezone.now())),
    )
    return counted


def _families() -> Counts:
    """`alive`, then the ended by the reason why; an idle or aged session counts as `expired`."""
    rows = apps.get_model("token_family", "TokenFamily")._default_manager  # noqa: SLF001 - Django's documented name
    now = timezone.now()
    expired = Q(outstanding__expires_at__lte=now) | Q(rotated_at__lte=now - api_settings.REFRESH_TOKEN_LIFETIME)
    # Blacklisted in bulk, which sends no signal: the row has not been told.
    signed_out = Q(outstanding__blacklistedtoken__isnull=False)
    going_on = rows.filter(revoked_at=None)
    ended = rows.exclude(revoked_at=None).values_list("revoked_reason").annotate(Count("pk")).order_by("revoked_reason")
    counted = {"alive": going_on.exclude(expired | signed_out).count(), **dict(ended)}
    counted["logged_out"] = counted.get("logged_out", 0) + going_on.filter(signed_out).count()
    counted["expired"] = going_on.filter(expired).exclude(signed_out).count()
    return counted
