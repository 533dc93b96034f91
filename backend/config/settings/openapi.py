"""The lab as drf-spectacular reads it, to write docs/openapi*.yaml; no server runs on these settings."""

from config.openapi.refusals import components
from config.settings.lab import *  # noqa: F403 - Django reads settings as a module's globals
from config.settings.lab import INSTALLED_APPS as LAB_APPS
from config.settings.lab import NOLOGOUT_PROFILE, SESSION_STRATEGY
from config.settings.lab import REST_FRAMEWORK as LAB_REST_FRAMEWORK

INSTALLED_APPS = [*LAB_APPS, "drf_spectacular"]
ROOT_URLCONF = "config.urls"  # without the lab's controls
SCHEMA = "cookies.CookieSchema" if SESSION_STRATEGY == "cookie" else "schema.DescribedSchema"
REST_FRAMEWORK = {**LAB_REST_FRAMEWORK, "DEFAULT_SCHEMA_CLASS": f"config.openapi.{SCHEMA}"}
SPECTACULAR_SETTINGS = {
    "TITLE": "nologout's reference server",
    "DESCRIPTION": f"Sign-in, refresh and sign-out, and a small API behind them, on the profile `{NOLOGOUT_PROFILE}`.",
    "VERSION": "1",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": ["config.openapi.schema.without_docstrings"],
    "APPEND_COMPONENTS": components(NOLOGOUT_PROFILE),
    "TAGS": [
        {"name": "session", "description": "Starts, renews, asks about and ends a session."},
        {"name": "api", "description": "What a session is good for."},
        {"name": "monitoring", "description": "Tells the server what it cannot see."},
    ],
}
