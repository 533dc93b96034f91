"""Faults of the server."""
