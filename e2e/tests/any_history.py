"""Histories of every kind, as Hypothesis makes them up."""

from hypothesis import strategies as st

from nologout.model.history import AnyEvent, FaultEffect, History, Look, ServerSaid
from tests.histories import history, refresh, told

TIMES = st.floats(0, 20)
LABELS = st.sampled_from(["", "R1", "R2", "R3"])
REFRESHES = st.builds(
    refresh,
    st.integers(1, 9),
    st.sampled_from(["a", "b", "thief"]),
    LABELS,
    LABELS,
    fate=st.sampled_from(["delivered", "lost", "refused_at_door", "answered_instead", "abandoned"]),
    role=st.sampled_from(["refresh", "api", "sign_in"]),
    at=TIMES,
    ended=st.none() | TIMES,
    status=st.sampled_from([None, 200, 401, 429, 503]),
    access_used=st.sampled_from(["", "A1", "A2"]),
)
PAGE_EVENTS = st.builds(told, st.sampled_from(["act_impossible", "idb_aborted", "storage_threw"]), st.text(max_size=5))
EVENTS: st.SearchStrategy[AnyEvent] = st.one_of(
    REFRESHES,
    PAGE_EVENTS,
    st.builds(FaultEffect, at=TIMES),
    st.builds(Look, at=TIMES),
    st.builds(ServerSaid, at=TIMES),
)
HISTORIES: st.SearchStrategy[History] = st.lists(EVENTS, max_size=12).map(lambda events: history(*events))
