"""Sessions where token_family keeps them: every family is one."""

from django.contrib.auth.models import User
from django.utils import timezone
from rest_framework_simplejwt.settings import api_settings

from lab.sessions import Session
from token_family import families
from token_family.decide import why_over
from token_family.models import TokenFamily
from token_family.reasons import Reason


def sessions_of(user: User) -> list[Session]:
    """Return a session for each family."""
    sids = TokenFamily.objects.filter(outstanding__user=user).order_by("outstanding_id").values_list("sid", flat=True)
    return [_session(family) for sid in sids if (family := families.find(sid))]


def _session(family: TokenFamily) -> Session:
    reason = _why_ended(family)
    return Session(
        sid=family.sid.hex,
        generation=family.generation,
        alive=not reason,
        reason=reason,
        strikes=family.strikes,
        dirty=family.dirty,
    )


def _why_ended(family: TokenFamily) -> str:
    now = timezone.now()
    idle = family.rotated_at + api_settings.REFRESH_TOKEN_LIFETIME <= now
    return why_over(family.state(), now) or (Reason.EXPIRED if idle else "")
