"""In which spans a time passes, where an app acts by timers of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# So that a month is no month of a tick each, and a server is not asked a thousand times.
MOST = 60


def spans(seconds: float, timers: Sequence[float]) -> list[float]:
    """Return spans, in seconds, that add up to a time, none longer than the shortest of `timers` (periods in seconds).

    In each span a timer fires once at most, so that what it sends can be answered before it fires again. Of a longer
    time the last 60 ticks are ticked, and what is before them is one leap, as a sleep is.
    """
    period = min(timers, default=seconds)
    if period >= seconds:
        return [seconds]
    ticks = min(MOST, int(seconds // period))
    rest = seconds - ticks * period
    return [*([rest] if rest > 0 else []), *[period] * ticks]
