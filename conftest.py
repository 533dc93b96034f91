"""Loads the nologout plugin for a bare `pytest` in the checkout."""

pytest_plugins = ["nologout.plugin"]
