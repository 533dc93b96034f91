"""Forensics: what the events that a page exported tell of the end of its session, and what they do not."""

from __future__ import annotations

from nologout.diagnose.forensics.black_box import BlackBox, read_box
from nologout.diagnose.forensics.explain import Explanation, explain

__all__ = ["BlackBox", "Explanation", "explain", "read_box"]
