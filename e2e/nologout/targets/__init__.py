"""The app under test, as data and a few operations: the reference, and apps of other hands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.errors import UsageError
from nologout.targets.reference import DEFAULT_PROFILES, PROFILES, VARIANTS, Reference
from nologout.targets.samples.cookie_xhr import CookieXhr

if TYPE_CHECKING:
    from nologout.targets.target import Target

__all__ = ["DEFAULT_PROFILES", "PROFILES", "SAMPLES", "VARIANTS", "Reference", "sample"]

SAMPLES = (CookieXhr.name,)


def sample(name: str) -> Target:
    """Return the sample app of that name.

    Raises:
        UsageError: There is no such sample app.
    """
    if name != CookieXhr.name:
        raise UsageError(f"there is no sample app {name!r}", hint=f"known: {', '.join(SAMPLES)}")
    return CookieXhr()
