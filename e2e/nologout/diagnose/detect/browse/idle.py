"""Does nothing for a while of the page's own time, and writes down what the page asks for by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nologout.diagnose.detect.rules.expiry import way_to_expire
from nologout.diagnose.detect.rules.timers import SPAN_S, SPANS
from nologout.diagnose.detect.rules.tokens import tokens_of

if TYPE_CHECKING:
    from nologout.diagnose.detect.browse.visit import Visit
    from nologout.diagnose.detect.rules.seen import Seen


def idle(seen: Seen, person: Visit) -> Seen:
    """Return what was seen with the requests of each minute; only where a clock is what is to be moved."""
    if way_to_expire(seen, tokens_of(seen).get("access")).value != "clock":
        return seen
    clock = person.page.context.clock
    clock.install()
    person.open(seen.page)
    for _ in range(SPANS):
        brought = person.during(lambda: clock.fast_forward(SPAN_S * 1000), lambda _: True)
        seen = replace(seen, idle=(*seen.idle, brought))
    return seen
