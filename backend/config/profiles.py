"""What differs between the profiles of the server, and nothing else.

`stock` is SimpleJWT's own rotation with its blacklist; `family` puts the app token_family in its place.
The environment variable NOLOGOUT_PROFILE picks one.
"""

import os
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.exceptions import ImproperlyConfigured

LIFETIMES_AND_ROTATION: dict[str, Any] = {
    "ACCESS_TOKEN_LIFETIME": timedelta(hours=1),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=7),
    "ROTATE_REFRESH_TOKENS": True,
    "BLACKLIST_AFTER_ROTATION": True,
}


@dataclass(frozen=True)
class Profile:
    """A way to serve refreshes: the apps it adds, and the SIMPLE_JWT settings it adds."""

    apps: tuple[str, ...] = ()
    simple_jwt: dict[str, Any] = field(default_factory=dict)


PROFILES = {
    "stock": Profile(),
    "family": Profile(
        apps=("token_family",),
        simple_jwt={
            "TOKEN_OBTAIN_SERIALIZER": "token_family.serializers.FamilyObtainSerializer",
            "TOKEN_REFRESH_SERIALIZER": "token_family.serializers.FamilyRefreshSerializer",
            "TOKEN_VERIFY_SERIALIZER": "token_family.serializers.FamilyVerifySerializer",
            "TOKEN_BLACKLIST_SERIALIZER": "token_family.serializers.FamilyBlacklistSerializer",
        },
    ),
}


def chosen_profile_name() -> str:
    """Return NOLOGOUT_PROFILE (default `family`); raise ImproperlyConfigured for an unknown name."""
    name = os.environ.get("NOLOGOUT_PROFILE") or "family"
    if name not in PROFILES:
        raise ImproperlyConfigured(f"NOLOGOUT_PROFILE={name!r} is unknown; choose one of: {', '.join(PROFILES)}")
    return name
