"""The lab with throttles that let nothing through."""

from config.settings.lab import *  # noqa: F403 - Django reads settings as a module's globals
from config.settings.lab import REST_FRAMEWORK as LAB_REST_FRAMEWORK

REST_FRAMEWORK = {
    **LAB_REST_FRAMEWORK,
    "DEFAULT_THROTTLE_RATES": dict.fromkeys(LAB_REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"], "0/min"),
}
