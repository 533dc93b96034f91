"""Moves the browser's and the server's clocks, and says by how much."""

from nologout.stage.clock.clocks import Clocks

__all__ = ["Clocks"]
