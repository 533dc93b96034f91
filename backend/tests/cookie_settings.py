"""The lab with the refresh token in a cookie; the environment says what protects it."""

import os

from config.settings.lab import *  # noqa: F403 - Django reads settings as a module's globals
from config.settings.lab import TOKEN_FAMILY as LAB_TOKEN_FAMILY

TOKEN_FAMILY = {
    **LAB_TOKEN_FAMILY,
    "COOKIE": {**LAB_TOKEN_FAMILY["COOKIE"], "SAMESITE": os.environ.get("COOKIE_SAMESITE", "Strict")},
}
CSRF_TRUSTED_ORIGINS = os.environ.get("TRUSTED", "").split()
