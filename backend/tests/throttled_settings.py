"""The lab with the throttles that production has."""

from config.settings.base import REST_FRAMEWORK as OF_PRODUCTION
from config.settings.lab import *  # noqa: F403 - Django reads settings as a module's globals

REST_FRAMEWORK = OF_PRODUCTION
