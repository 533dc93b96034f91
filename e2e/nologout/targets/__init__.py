"""The app under test, as data and a few operations: the reference, and apps of other hands."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from nologout.errors import UsageError
from nologout.targets.foreign import foreign
from nologout.targets.reference import DEFAULT_PROFILES, PROFILES, VARIANTS, Reference
from nologout.targets.samples.cookie_xhr import CookieXhr
from nologout.targets.samples.described import Sample, described

if TYPE_CHECKING:
    from nologout.targets.target import Target

__all__ = ["DEFAULT_PROFILES", "FILE", "PROFILES", "SAMPLES", "VARIANTS", "Reference", "sample", "target_of"]

FILE = ".toml"
SAMPLES = (CookieXhr.name, *described())


def target_of(name: str, allowed: frozenset[str] = frozenset()) -> Target:
    """Return the target of a name: a file that describes it, or a sample app.

    Raises:
        UsageError: There is no such target, or its file is wrong.
    """
    return foreign(name, allowed) if name.endswith(FILE) else sample(name)


def sample(name: str) -> Target:
    """Return the sample app of that name.

    Raises:
        UsageError: There is no such sample app.
    """
    if name not in SAMPLES:
        hint = f"known: {', '.join(SAMPLES)}; or a file that describes your own: nologout.toml"
        raise UsageError(f"there is no sample app {name!r}", hint=hint)
    return CookieXhr() if name == CookieXhr.name else _described(name)


@cache
def _described(name: str) -> Sample:
    return Sample(name)
