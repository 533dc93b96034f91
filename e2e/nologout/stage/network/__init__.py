"""The fault proxy: every request of every tab passes it, and can be held, lost or answered there."""
