"""A finding: what a key of `nologout.toml` must say, how sure that is, and what shows it."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Confidence = Literal["sure", "likely", "guessed", "not found"]


class Finding(msgspec.Struct, frozen=True):
    """One key (`tokens.refresh_field`) with its value.

    Where nothing was found there is no value, and `evidence` says what was looked for; without a `needed` key
    nothing can be played.
    """

    key: str
    value: Any
    confidence: Confidence
    evidence: str
    needed: bool = False

    @property
    def is_found(self) -> bool:
        """Tell whether there is a value."""
        return self.confidence != "not found"


def not_found(key: str, evidence: str, *, needed: bool = False) -> Finding:
    """Return a finding without a value."""
    return Finding(key, None, "not found", evidence, needed)
