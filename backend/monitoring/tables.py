"""Shows what was counted, for people: aligned, within 80 columns."""

from collections import Counter
from collections.abc import Iterator

from monitoring.answers import OK
from monitoring.stored import Counts
from monitoring.tally import Tally, share

LABEL = 56
ROWS = 20


def report(tally: Tally, counted: dict[str, Counts]) -> str:
    """Return the whole report, most frequent first."""
    told = [*_refreshes(tally), "", *_forced_logouts(tally), "", *_refusals(tally), *_stored(counted)]
    return "\n".join(told)


def _refreshes(tally: Tally) -> Iterator[str]:
    if not tally.refreshes:
        yield "No refreshes."
        return
    # Success comes first also where it is rare.
    by_reason = sorted(tally.refreshes.items(), key=lambda item: (item[0] != OK, -item[1]))
    yield from _reasons("Refreshes", Counter(dict(by_reason)))


def _forced_logouts(tally: Tally) -> Iterator[str]:
    if not tally.forced_logouts:
        yield "No forced logouts reported."
        return
    by_reason = tally.forced_logouts.most_common()
    yield from _reasons("Forced logouts, as clients report them", Counter(dict(by_reason)))


def _reasons(title: str, counts: Counter[str]) -> Iterator[str]:
    """Yield a table of reasons, in the order in which they are counted."""
    yield f"{title:<{LABEL}} {'count':>9} {'share':>8}"
    for reason, count in counts.items():
        yield _row(f"  {reason}", count, share(count, counts))
    yield _row("  total", counts.total(), 1)


def _refusals(tally: Tally) -> Iterator[str]:
    if not tally.refusals:
        yield "No refusals by the API."
        return
    counts = tally.refusals
    yield f"{'Refusals by the API':<{LABEL}} {'count':>9} {'share':>8}"
    shown = counts.most_common(ROWS)
    for (status, reason, path), count in shown:
        yield _row(f"  {status} {reason:<18} {path}", count, share(count, counts))
    others = counts.total() - sum(count for _, count in shown)
    if others:
        yield _row("  others", others, share(others, counts))
    yield _row("  total", counts.total(), 1)


def _stored(counted: dict[str, Counts]) -> Iterator[str]:
    for name, counts in counted.items():
        yield ""
        yield f"{name.capitalize() + ' in the database':<{LABEL}} {'count':>9}"
        for word, count in counts.items():
            yield f"  {word:<{LABEL - 2}} {count:>9}"


def _row(label: str, count: int, part: float) -> str:
    cut = label if len(label) <= LABEL else f"{label[: LABEL - 3]}..."
    return f"{cut:<{LABEL}} {count:>9} {part:>8.1%}"
