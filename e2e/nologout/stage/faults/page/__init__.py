"""Faults of the page: it goes away while something is under way, or finds a piece of its browser missing."""
