"""Faults of the page: it goes away while something is under way."""
