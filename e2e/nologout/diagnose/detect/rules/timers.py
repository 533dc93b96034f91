"""By which timers a page acts while nobody does anything."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from nologout.diagnose.detect.rules.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nologout.diagnose.detect.rules.seen import Seen

# Time passes in such spans, so no period is known better than that.
SPAN_S = 60
SPANS = 15


def timers_of(seen: Seen) -> Iterator[Finding]:
    """Yield the shortest time from one request that nobody asked for to the next; three of them are no accident."""
    asking = [number for number, brought in enumerate(seen.idle) if any(m.kind == "data" for m in brought)]
    apart = [later - earlier for earlier, later in pairwise(asking)]
    if len(apart) < 2:
        return
    first = next(m for m in seen.idle[asking[0]] if m.kind == "data")
    told = f"while nothing was done for {SPANS} minutes of the page's time, {first.method} {first.path} was sent"
    yield Finding(
        "timers", (min(apart) * SPAN_S,), "likely", f"{told} {len(asking)} times, every {min(apart)} minutes or so"
    )
