"""What differs between the profiles of the server, and nothing else.

The environment variable NOLOGOUT_PROFILE picks one:

    stock         SimpleJWT's own rotation with its blacklist, as the troubleshooting guide found it
    family        the app token_family in its place; the default
    strict        family without strikes: a lost reply older than the grace period ends the session, and an ended
                  session's access tokens end with it
    cookie        family with the refresh token in a cookie, out of reach of scripts
    no_rotation   the guide's option 1: a stolen refresh token works for its whole life, unseen
    long_access   the guide's option 2: stock with fewer refreshes; a stolen access token works for 4 h
    sliding       the guide's option 3: one token that renews itself, and 4 h idle end the session

Only `family`, `strict` and `cookie` end a session when the password changes.
"""

import os
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Literal

from django.core.exceptions import ImproperlyConfigured

Strategy = Literal["rotating", "cookie", "no_rotation", "sliding"]

LIFETIMES_AND_ROTATION: dict[str, Any] = {
    "ACCESS_TOKEN_LIFETIME": timedelta(hours=1),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=7),
    "ROTATE_REFRESH_TOKENS": True,
    "BLACKLIST_AFTER_ROTATION": True,
}


@dataclass(frozen=True)
class Profile:
    """A way to serve refreshes: the apps and settings it adds, and the word for it that the page is told."""

    apps: tuple[str, ...] = ()
    simple_jwt: dict[str, Any] = field(default_factory=dict)
    token_family: dict[str, Any] = field(default_factory=dict)
    strategy: Strategy = "rotating"
    authentication: str = "rest_framework_simplejwt.authentication.JWTAuthentication"


FAMILIES: dict[str, Any] = {
    "TOKEN_OBTAIN_SERIALIZER": "token_family.serializers.FamilyObtainSerializer",
    "TOKEN_REFRESH_SERIALIZER": "token_family.serializers.FamilyRefreshSerializer",
    "TOKEN_VERIFY_SERIALIZER": "token_family.serializers.FamilyVerifySerializer",
    "TOKEN_BLACKLIST_SERIALIZER": "token_family.serializers.FamilyBlacklistSerializer",
    "CHECK_REVOKE_TOKEN": True,
    "LEEWAY": 10,
}

FAMILY = Profile(
    apps=("token_family",),
    simple_jwt=FAMILIES,
    authentication="token_family.authentication.SturdyJWTAuthentication",
)

PROFILES = {
    "stock": Profile(),
    "family": FAMILY,
    "strict": Profile(
        apps=("token_family",),
        simple_jwt=FAMILIES,
        token_family={"STRIKES": 0},
        authentication="token_family.authentication.FamilyJWTAuthentication",
    ),
    "cookie": replace(FAMILY, token_family={"COOKIE": {"PATH": "/api/token/"}}, strategy="cookie"),
    "no_rotation": Profile(
        simple_jwt={"ROTATE_REFRESH_TOKENS": False, "BLACKLIST_AFTER_ROTATION": False},
        strategy="no_rotation",
    ),
    "long_access": Profile(simple_jwt={"ACCESS_TOKEN_LIFETIME": timedelta(hours=4)}),
    # BLACKLIST_AFTER_ROTATION stays on: nothing rotates here, but verify looks at the blacklist only then.
    "sliding": Profile(
        simple_jwt={
            "AUTH_TOKEN_CLASSES": ("rest_framework_simplejwt.tokens.SlidingToken",),
            "SLIDING_TOKEN_LIFETIME": timedelta(hours=4),
            "SLIDING_TOKEN_REFRESH_LIFETIME": timedelta(days=7),
            "TOKEN_BLACKLIST_SERIALIZER": "config.sliding.SlidingBlacklistSerializer",
        },
        strategy="sliding",
    ),
}


def chosen_profile_name() -> str:
    """Return NOLOGOUT_PROFILE (default `family`); raise ImproperlyConfigured for an unknown name."""
    name = os.environ.get("NOLOGOUT_PROFILE") or "family"
    if name not in PROFILES:
        raise ImproperlyConfigured(f"NOLOGOUT_PROFILE={name!r} is unknown; choose one of: {', '.join(PROFILES)}")
    return name
