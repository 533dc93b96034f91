"""The lab without its movable clock, and with a family that rotates at each refresh, however soon."""

from datetime import timedelta

from config.settings.lab import *  # noqa: F403 - Django reads settings as a module's globals
from config.settings.lab import NOLOGOUT_PROFILE

CLOCK_FILE = None
# A benchmark does not wait 30 s between two refreshes of one session.
TOKEN_FAMILY = {"COALESCE": timedelta(0)} if NOLOGOUT_PROFILE == "family" else {}
