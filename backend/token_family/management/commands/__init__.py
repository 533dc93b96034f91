"""families, prune_families."""
