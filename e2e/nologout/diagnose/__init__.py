"""Finds out what happened to a session outside of the harness."""
