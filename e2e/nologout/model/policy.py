"""Which results make a build fail: the side whose failures count, and whether a doubt may pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from nologout.model.result import Result
    from nologout.model.verdict import Side

FailOn = Literal["any", "frontend", "server"]
# A server's settings are its own team's; what nobody could explain may be anybody's.
_COUNTS: dict[FailOn, frozenset[Side]] = {
    "any": frozenset(("front end", "server", "configuration", "")),
    "frontend": frozenset(("front end", "")),
    "server": frozenset(("server", "configuration", "")),
}


class Policy(msgspec.Struct, frozen=True):
    """`fail_on` is the side whose failures count; `allow_unknown` lets verdicts that could not be told pass."""

    fail_on: FailOn = "any"
    allow_unknown: bool = False

    def blocks(self, result: Result) -> bool:
        """Tell whether a result is a failure that makes the build fail."""
        return result.failed and result.side in _COUNTS[self.fail_on]

    def spares(self, result: Result) -> bool:
        """Tell whether a result is a failure that another side must mend."""
        return result.failed and not self.blocks(result)


STRICT = Policy()
