"""Sessions where token_family keeps them: every family is one."""

from django.contrib.auth.models import User

from lab.sessions import Session
from token_family import families
from token_family.models import TokenFamily
from token_family.telling import LIVING, state_of


def sessions_of(user: User) -> list[Session]:
    """Return a session for each family."""
    sids = TokenFamily.objects.filter(outstanding__user=user).order_by("outstanding_id").values_list("sid", flat=True)
    return [_session(family) for sid in sids if (family := families.find(sid))]


def _session(family: TokenFamily) -> Session:
    state = state_of(family, families.now_in_whole_seconds())
    return Session(
        sid=family.sid.hex,
        generation=family.generation,
        alive=state == LIVING,
        reason="" if state == LIVING else state,
        strikes=family.strikes,
        dirty=family.dirty,
    )
