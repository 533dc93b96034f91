"""The lab with ATOMIC_REQUESTS, which puts every view in a transaction unless it says otherwise."""

from config.settings.lab import *  # noqa: F403 - Django reads settings as a module's globals
from config.settings.lab import DATABASES

DATABASES["default"]["ATOMIC_REQUESTS"] = True
