"""Whatever events there are: one cause or none, whatever order they stand in and whatever the device's clock says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from nologout.diagnose.forensics import BlackBox, explain
from nologout.diagnose.forensics.black_box import Strategy
from nologout.diagnose.forensics.reasons import MEANINGS, RIGHT
from nologout.diagnose.forensics.rows import rows
from tests.boxes import (
    DAY_S,
    SIGN_IN_MS,
    Event,
    box,
    event,
    export,
    holds,
    refused,
    rotated,
    signs_in,
    silent,
    unwritten,
)
from tests.boxes_by_cause import CAUSES

if TYPE_CHECKING:
    import random

LATER = SIGN_IN_MS + 9_000_000
MOMENTS = {"at", "login", "expiresAt"}
TIMES = st.integers(0, 40) | st.integers(0, 10 * DAY_S)
GENERATIONS = st.integers(0, 4)
TABS = st.sampled_from(["a", "b", ""])
REASONS = st.sampled_from([*RIGHT, *MEANINGS, "refresh_failed"])
LOGINS = st.sampled_from([SIGN_IN_MS, LATER])
STATUSES = st.sampled_from([0, 200, 401, 403, 409, 429, 503])
SPANS = st.floats(-1e9, 1e9)
EXPIRIES = st.none() | st.integers(0, 10 * DAY_S).map(lambda at: SIGN_IN_MS + at * 1000)
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(event, TIMES, st.just("attempt"), TABS, generation=GENERATIONS, online=st.booleans()),
    st.builds(event, TIMES, st.just("tokens"), TABS, status=STATUSES, took=SPANS),
    st.builds(event, TIMES, st.just("transient"), TABS, status=STATUSES, took=SPANS),
    st.builds(event, TIMES, st.just("refused"), TABS, status=STATUSES, reason=REASONS, took=SPANS),
    st.builds(
        holds,
        TIMES,
        st.sampled_from(["renewed", "adopted"]),
        GENERATIONS,
        TABS,
        login=LOGINS,
        expiresAt=EXPIRIES,
        serverOffset=st.none() | SPANS,
    ),
    st.builds(event, TIMES, st.just("ended"), TABS, login=LOGINS, generation=GENERATIONS, reason=REASONS),
    st.builds(event, TIMES, st.just("unwritten"), TABS),
)
WHOLE = st.one_of(
    st.builds(rotated, TIMES, GENERATIONS, TABS),
    st.builds(refused, TIMES, GENERATIONS, TABS, REASONS, STATUSES),
    st.builds(silent, TIMES, GENERATIONS, TABS, STATUSES),
    st.just(signs_in()),
    st.builds(unwritten, TIMES, TABS),
)
PARTS = st.lists(EVENTS.map(lambda one: [one]) | WHOLE, max_size=12)
STRATEGIES = st.sampled_from(get_args(Strategy))


@settings(max_examples=300)
@given(PARTS, STRATEGIES)
def test_any_events_are_explained_by_one_known_cause_or_by_none(parts: list[list[Event]], strategy: str) -> None:
    """Nothing stumbles; a cause is named only of a lost session, or of a wrong clock, and it is one of the tested."""
    explanation = explain(box(*parts, strategy=strategy))
    finding = explanation.finding
    assert explanation.why
    assert (explanation.verdict == "lost") == (finding is not None and finding.cause != "judged_by_client_clock")
    assert finding is None or (finding.cause in CAUSES and finding.evidence and finding.side)
    assert explanation.verdict != "unknown" or explanation.look
    if explanation.session:
        assert rows(explanation.session)


@given(PARTS, STRATEGIES, st.randoms(use_true_random=False))
def test_order_in_which_tabs_were_written_says_nothing(
    parts: list[list[Event]], strategy: str, by: random.Random
) -> None:
    """Each tab writes its own events in order; those of two tabs may overtake each other on their way to storage."""
    apart = [{**one, "at": one["at"] + n / 1000} for n, one in enumerate(export(*parts)["events"])]
    apart.sort(key=lambda one: one["at"])
    assert summary(box(apart, strategy=strategy)) == summary(box(overtaken(apart, by), strategy=strategy))


def overtaken(events: list[Event], by: random.Random) -> list[Event]:
    """Return the events with those of each tab in order, and the tabs' mixed anew."""
    left = {tab: [one for one in events if one["tab"] == tab] for tab in {one["tab"] for one in events}}
    turns = by.sample([one["tab"] for one in events], len(events))
    return [left[tab].pop(0) for tab in turns]


@given(PARTS, STRATEGIES, st.integers(-1_000_000, 1_000_000))
def test_wrong_clock_of_the_device_changes_nothing(parts: list[list[Event]], strategy: str, seconds: int) -> None:
    """Only spans count, for all tabs share the clock: moved as a whole, the same is told."""
    moved = [
        {key: value + seconds * 1000 if key in MOMENTS and value is not None else value for key, value in one.items()}
        for one in export(*parts)["events"]
    ]
    assert summary(box(moved, strategy=strategy)) == summary(box(*parts, strategy=strategy))


def summary(told: BlackBox) -> Any:  # noqa: ANN401 - plain data
    """Return what is told of a box, but for its events."""
    return msgspec.structs.replace(explain(told), session=None)
