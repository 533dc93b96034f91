"""The rules: each looks at what was observed, and returns a finding, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.diagnose.rules import clocks, cookies, lifetimes, origins, page, refusals, reuse

if TYPE_CHECKING:
    from nologout.diagnose.finding import Finding
    from nologout.diagnose.observed import Observed

RULES = (*reuse.RULES, *lifetimes.RULES, *refusals.RULES, *cookies.RULES, *origins.RULES, *clocks.RULES, *page.RULES)


def findings(observed: Observed) -> tuple[Finding, ...]:
    """Return what is wrong: first what logs users out, then what was measured before what was merely read."""
    found = [finding for rule in RULES if (finding := rule(observed))]
    return tuple(sorted(found, key=lambda each: (each.gravity != "logs out", each.basis != "measured")))
