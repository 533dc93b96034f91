"""The lab: a throwaway server for tests, with a settable clock and no secret worth keeping."""

import os
import tempfile
from pathlib import Path

from config.databases import database
from config.settings.base import *  # noqa: F403 - Django reads settings as a module's globals
from config.settings.base import INSTALLED_APPS as BASE_APPS
from config.settings.base import MIDDLEWARE as BASE_MIDDLEWARE
from config.settings.base import REST_FRAMEWORK as BASE_REST_FRAMEWORK
from config.settings.base import WHITENOISE_ROOT as FRONTEND

STATE = Path(os.environ.get("NOLOGOUT_STATE") or Path(tempfile.gettempdir()) / f"nologout-lab-{os.getuid()}")
STATE.mkdir(mode=0o700, parents=True, exist_ok=True)

SECRET_KEY = "lab-only-and-public-so-it-protects-nothing"  # noqa: S105 - tokens of the lab must outlive a restart
ALLOWED_HOSTS = ["localhost", ".localhost", "127.0.0.1", "[::1]"]
DATABASES = {"default": database(os.environ.get("DATABASE_URL") or f"sqlite:///{STATE / 'lab.sqlite3'}")}

# A real hash takes 0.3 s of CPU a sign-in, and every scenario signs in.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Every scenario signs in and refreshes from one address.
REST_FRAMEWORK = {
    **BASE_REST_FRAMEWORK,
    "DEFAULT_THROTTLE_RATES": dict.fromkeys(BASE_REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]),
}

CLOCK_FILE = Path(os.environ["NOLOGOUT_CLOCK_FILE"]) if os.environ.get("NOLOGOUT_CLOCK_FILE") else None
WHITENOISE_ROOT = Path(os.environ.get("NOLOGOUT_FRONTEND") or FRONTEND)
WHITENOISE_AUTOREFRESH = True
FRONTEND_MAX_AGE = int(os.environ.get("NOLOGOUT_FRONTEND_MAX_AGE") or 0)

INSTALLED_APPS = [*BASE_APPS, "lab"]
MIDDLEWARE = [
    "lab.clock.ClockMiddleware",
    *(
        "lab.overlays.OverlayMiddleware" if name == "config.frontend.FrontendMiddleware" else name
        for name in BASE_MIDDLEWARE
    ),
]
ROOT_URLCONF = "config.urls_lab"
