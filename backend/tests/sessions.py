"""Sessions in every state, as they stand at noon, and commands that are run on them."""

import io

from django.contrib.auth.models import User
from django.core.management import call_command
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken

from tests.people import at, family_of, make_user, post, refresh, rotated_hourly, sign_in, successor

DAY = 86400
LIFETIME = api_settings.REFRESH_TOKEN_LIFETIME.total_seconds()


def told(seconds: float, command: str, *arguments: str, **options: object) -> str:
    """Run a command so many seconds after noon, and return what it prints."""
    answer = io.StringIO()
    with at(seconds):
        call_command(command, *arguments, stdout=answer, **options)
    return answer.getvalue()


def sign_in_at(seconds: float, times: int = 1) -> list[str]:
    """Return the first tokens of sessions begun so many seconds after noon."""
    with at(seconds):
        return [sign_in() for _ in range(times)]


def living() -> str:
    """Return a token of a session that was refreshed at noon."""
    return rotated_hourly(2)[-1]


def signed_out() -> str:
    """Return a token of a session that was signed out at noon."""
    (token,) = sign_in_at(0)
    with at(0):
        post("/api/token/blacklist/", {"refresh": token})
    return token


def stolen() -> str:
    """Return the newest token of a session that was ended at noon, for an old token was used again."""
    first, _, newest = rotated_hourly(2)
    with at(0):
        refresh(first)
    return newest


def blacklisted_in_bulk() -> str:
    """Return a token of a session that was ended at noon, and whose row was not told."""
    (token,) = sign_in_at(0)
    BlacklistedToken.objects.bulk_create([BlacklistedToken(token=family_of(token).outstanding)])
    return token


def user_with_families() -> tuple[User, list[str]]:
    """Return a user and the first tokens of four sessions as they stand at noon, newest sign-in first."""
    user = make_user()
    with at(-9 * DAY):
        idle = sign_in(user)
    reused, *_ = rotated_hourly(2, user)
    with at(-1800):
        struck = sign_in(user)
    with at(-1200):
        successor(struck)
    with at(-600):
        refresh(struck)
    with at(-60):
        signed_off = sign_in(user)
    with at(0):
        post("/api/token/blacklist/", {"refresh": signed_off})
        refresh(reused)
    return user, [signed_off, struck, reused, idle]
