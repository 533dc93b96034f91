"""Anybody's app, as `nologout.toml` describes it."""

from __future__ import annotations

from nologout.targets.foreign.target import ForeignTarget, foreign

__all__ = ["ForeignTarget", "foreign"]
