"""Loads the nologout plugin for a bare `pytest` in the checkout, and has no property be a timed test."""

from hypothesis import settings

pytest_plugins = ["nologout.plugin"]

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
