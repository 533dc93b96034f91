"""Histories of every kind, as Hypothesis makes them up."""

from typing import get_args

from hypothesis import strategies as st

from nologout.model.history import AnyEvent, ClockMoved, Fate, FaultEffect, History, Look, Role, ServerSaid
from tests.histories import history, refresh, step, told

TIMES = st.floats(0, 20)
TABS = st.sampled_from(["a", "b", "thief"])
DOCUMENTS = st.integers(1, 2)
LABELS = st.sampled_from(["", "R1", "R2", "R3"])
# A token that renews itself is both in one.
ACCESS = st.sampled_from(["", "A1", "A2", "R1"])
PLACES = st.sampled_from(["", "/", "/#/items/7"])
REFRESHES = st.builds(
    refresh,
    st.integers(1, 9),
    TABS,
    LABELS,
    LABELS,
    fate=st.sampled_from(get_args(Fate)),
    role=st.sampled_from(get_args(Role)),
    at=TIMES,
    ended=st.none() | TIMES,
    server_time=st.sampled_from([1.0, 4000.0, 700000.0]),
    status=st.sampled_from([None, 200, 401, 429, 503]),
    access_used=ACCESS,
    access_issued=ACCESS,
    document=DOCUMENTS,
    carries=st.sampled_from(["", "U1", "U2", "note:U1", "note:U2"]),
    scheme=st.sampled_from(["", "Bearer", "JWT"]),
    wait_s=st.sampled_from([None, 0.0, 3.0]),
    reason=st.sampled_from(["", "token_not_valid", "user_inactive"]),
)
NAMES = ["act_impossible", "act_unserved", "came_by", "idb_aborted", "idb_put", "lock_requested", "storage_threw"]
PAGE_EVENTS = st.builds(told, st.sampled_from(NAMES), PLACES | st.text(max_size=5), TABS)
FAULTS = st.sampled_from(["account_changed", "lost_response", "offline", "storage_corrupted", "storage_evicted"])
EVENTS: st.SearchStrategy[AnyEvent] = st.one_of(
    REFRESHES,
    PAGE_EVENTS,
    st.builds(told, st.just("lacks"), st.sampled_from(["locks", "indexedDB localStorage sessionStorage"]), TABS),
    st.builds(
        step, st.sampled_from(["ChangePassword()", "DeactivateUser()", "SignIn(a, U1)"]), TIMES, ends=st.booleans()
    ),
    st.builds(FaultEffect, fault=FAULTS, effect=st.sampled_from(["", "it was seen"]), at=TIMES),
    st.builds(ClockMoved, browser_offset=st.sampled_from([0.0, 4200.0]), server_offset=st.just(0.0), at=TIMES),
    st.builds(Look, tab=TABS, words=st.sampled_from(["", "Signed out."]), place=PLACES, at=TIMES),
    st.builds(ServerSaid, at=TIMES),
)
HISTORIES: st.SearchStrategy[History] = st.lists(EVENTS, max_size=12).map(lambda events: history(*events))
