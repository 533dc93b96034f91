"""What production and the lab have in common."""

import os
from pathlib import Path
from typing import Any

from config.frontend import add_cache_control
from config.logs import logging_into
from config.profiles import LIFETIMES_AND_ROTATION, PROFILES, chosen_profile_name

BACKEND = Path(__file__).resolve().parents[2]

NOLOGOUT_PROFILE = chosen_profile_name()
PROFILE = PROFILES[NOLOGOUT_PROFILE]
SIMPLE_JWT = {**LIFETIMES_AND_ROTATION, **PROFILE.simple_jwt}
TOKEN_FAMILY = PROFILE.token_family
SESSION_STRATEGY = PROFILE.strategy

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "rest_framework",
    "rest_framework_simplejwt.token_blacklist",
    *PROFILE.apps,
    "monitoring",
    "api",
]
MIDDLEWARE = [
    "monitoring.middleware.MonitoringMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.content_security.ContentSecurityMiddleware",
    "config.frontend.FrontendMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"

TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES") or 0)

REST_FRAMEWORK: dict[str, Any] = {
    "NUM_PROXIES": TRUSTED_PROXIES,
    "DEFAULT_THROTTLE_RATES": {"sign_in": "10/min", "sign_ins": "120/min", "refresh": "600/min", "reports": "600/min"},
    "DEFAULT_AUTHENTICATION_CLASSES": [PROFILE.authentication],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": [
        "config.parsers.BoundedJSONParser",
        "rest_framework.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
}

STATIC_URL = "/static/"
WHITENOISE_ROOT = BACKEND.parent / "frontend_static"
WHITENOISE_INDEX_FILE = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
FRONTEND_MAX_AGE = 0
WHITENOISE_ADD_HEADERS_FUNCTION = add_cache_control

MONITORING_LOG = os.environ.get("MONITORING_LOG", "")
MONITORING = {
    "LOG_FILE": MONITORING_LOG,
    "TRUSTED_PROXIES": TRUSTED_PROXIES,
}
LOGGING = logging_into(MONITORING_LOG)
