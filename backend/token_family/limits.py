"""The app's settings, each optional.

TOKEN_FAMILY = {"GRACE", "COALESCE", "STRIKES", "ABSOLUTE_LIFETIME", "PREVIOUS_KEYS", "COOKIE"}
"""

from dataclasses import fields
from typing import Any

from django.conf import settings
from rest_framework_simplejwt.settings import api_settings

from token_family.decide import Limits

LIMITS = {field.name.upper(): field.name for field in fields(Limits)}

NAMES = (*LIMITS, "PREVIOUS_KEYS", "COOKIE")


def configured() -> dict[str, Any]:
    """Return the project's TOKEN_FAMILY setting as it is written."""
    return getattr(settings, "TOKEN_FAMILY", {})


def current_limits() -> Limits:
    """Return the limits in force; a name that is not known is left to the system check."""
    return Limits(**{LIMITS[name]: value for name, value in configured().items() if name in LIMITS})


def previous_keys() -> list[Any]:
    """Return the keys that refresh tokens may still be signed with, besides the current one.

    Left out, they are Django's SECRET_KEY_FALLBACKS where SimpleJWT signs with SECRET_KEY.
    """
    signs_with_djangos = api_settings.SIGNING_KEY == settings.SECRET_KEY
    fallbacks = settings.SECRET_KEY_FALLBACKS if signs_with_djangos else []
    return list(configured().get("PREVIOUS_KEYS", fallbacks))
