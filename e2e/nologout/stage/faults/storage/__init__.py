"""Faults of the storage."""
