"""Sign-out of sliding tokens outlives SimpleJWT's own housekeeping."""

import pytest
from django.core.management import call_command
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.serializers import TokenRefreshSlidingSerializer
from rest_framework_simplejwt.tokens import SlidingToken

from config.sliding import SlidingBlacklistSerializer
from tests.people import at, make_user

pytestmark = pytest.mark.usefixtures("database")


def renewed(token: str) -> str:
    """Return the next token of the session."""
    return str(TokenRefreshSlidingSerializer().validate({"token": token})["token"])


def test_flushing_expired_tokens_keeps_the_sign_out() -> None:
    """The row of the first token has expired, and a renewed one is still out of use."""
    with at(0):
        token = str(SlidingToken.for_user(make_user()))
    with at(240):
        token = renewed(token)
        SlidingBlacklistSerializer().validate({"token": token})
    with at(480):
        call_command("flushexpiredtokens")
        with pytest.raises(TokenError, match="blacklisted"):
            renewed(token)
