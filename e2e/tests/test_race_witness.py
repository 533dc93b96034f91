"""The witness of a race: where the tabs stand, by the proxy's door and by what the pages tell."""

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from nologout.model.history import PageEvent
from nologout.stage.faults.network.race import Race, _since_it_came, _waiting
from tests.histories import history, told
from tests.proxied import API, REFRESH

if TYPE_CHECKING:
    from nologout.stage.stage import Stage

ELSEWHERE = ""
QUEUED = "queued for the lock 'session'"
SENT = "has sent its refresh, and waits for a free connection"
WANTS = told("lock_requested", "session")
HAS = told("lock_granted", "session")
DENIED = told("lock_refused", "session")
LETS_GO = told("lock_released", "session")
ASKS = told("request_sent", REFRESH)
GOT = told("request_settled", REFRESH)
QUEUE_OF_B = told("lock_requested", "session", "b")
ASKS_IN_C = told("request_sent", REFRESH, "c")
HAS_IN_A = told("lock_granted", "session", "a")
OTHER = "another"
POLLS = told("idb_poll_began", "session")
GOES_ON = told("idb_poll_ended", "session")
POLLING = "asks the database 'session' again and again whether it may go on"
GOES = told("pagehide")

# A sentence, what tab a's page tells, and where the tab stands.
ROWS: list[tuple[str, list[PageEvent], str]] = [
    ("nothing was told", [], ELSEWHERE),
    ("it waits for a lock", [WANTS], QUEUED),
    ("it has the lock, and does not ask yet", [WANTS, HAS], ELSEWHERE),
    ("it was refused the lock", [WANTS, DENIED], ELSEWHERE),
    ("it has let the lock go", [WANTS, HAS, LETS_GO], ELSEWHERE),
    ("it waits for the lock once more", [WANTS, HAS, LETS_GO, WANTS], QUEUED),
    ("it waits for a lock that nobody at the door has", [told("lock_requested", OTHER)], ELSEWHERE),
    ("it has got another lock meanwhile", [WANTS, told("lock_requested", OTHER), told("lock_granted", OTHER)], QUEUED),
    ("its page waited, and has gone", [WANTS, GOES], ELSEWHERE),
    ("the page after that one waits", [GOES, WANTS], QUEUED),
    ("its page had sent its refresh, and has gone", [ASKS, GOES], ELSEWHERE),
    ("another tab's page has gone", [WANTS, told("pagehide", "", "b")], QUEUED),
    ("its refresh is on its way", [ASKS], SENT),
    ("it asks under the lock", [WANTS, HAS, ASKS], SENT),
    ("its refresh is over", [ASKS, GOT], ELSEWHERE),
    ("its second refresh is on its way", [ASKS, GOT, ASKS], SENT),
    ("one of two refreshes is over", [ASKS, ASKS, GOT], SENT),
    ("it asks for something else", [told("request_sent", API)], ELSEWHERE),
    ("something else is over", [ASKS, told("request_settled", API)], SENT),
    ("it waits for a lock while a list loads", [told("request_sent", API), WANTS], QUEUED),
    ("a list has come while it waits for a lock", [WANTS, told("request_settled", API)], QUEUED),
    ("it writes while it waits for a lock", [WANTS, told("idb_put", "session")], QUEUED),
    ("another tab waits for a lock", [QUEUE_OF_B], ELSEWHERE),
    ("another tab has got the lock", [WANTS, told("lock_granted", "session", "b")], QUEUED),
    ("it polls a lease", [POLLS], POLLING),
    ("it has the lease", [POLLS, GOES_ON], ELSEWHERE),
    ("it polls a lease once more", [POLLS, GOES_ON, POLLS], POLLING),
    ("it had the lease of another database", [POLLS, told("idb_poll_ended", OTHER)], POLLING),
    ("its page polled, and has gone", [POLLS, GOES], ELSEWHERE),
    ("another tab polls a lease", [told("idb_poll_began", "session", "b")], ELSEWHERE),
    ("another tab's refresh is over", [ASKS, told("request_settled", REFRESH, "b")], SENT),
]


def standing(door: list[str], *events: PageEvent, tabs: tuple[str, ...] = ("a", "b", "c")) -> str:
    """Return what a race of these tabs has seen, with some of them at the door and these events told."""
    stage = SimpleNamespace(
        tape=SimpleNamespace(history=lambda: history(*events)),
        ledger=SimpleNamespace(held=lambda _place: [SimpleNamespace(tab=tab) for tab in door]),
        app=SimpleNamespace(paths=SimpleNamespace(refresh=REFRESH)),
        wait_until=lambda condition, _patience: condition(),
    )
    race = Race(tabs)
    race.watch(cast("Stage", stage))
    return race.effect(history())


@pytest.mark.parametrize(("events", "where"), [pytest.param(*row[1:], id=row[0]) for row in ROWS])
def test_tab_that_is_not_at_the_door_waits_or_is_elsewhere(events: list[PageEvent], where: str) -> None:
    """A lock, a lease or a connection is what a racer waits for; whatever else it does is no wait."""
    assert _waiting(_since_it_came(tuple(events), "a"), {"session"}, REFRESH, is_full=False) == where


@pytest.mark.parametrize(
    ("events", "where"),
    [
        ([told("request_sent", API)], "waits for a free connection"),
        ([told("request_sent", API), told("request_settled", API)], ELSEWHERE),
        ([told("request_sent", API), ASKS], SENT),
        ([], ELSEWHERE),
        ([WANTS], QUEUED),
    ],
)
def test_tab_waits_for_a_connection_where_all_are_taken(events: list[PageEvent], where: str) -> None:
    """The request that would be refused cannot even leave: six tabs at the door hold all that the browser opens."""
    assert _waiting(_since_it_came(tuple(events), "a"), {"session"}, REFRESH, is_full=True) == where


@pytest.mark.parametrize(("at_door", "is_a_race"), [(5, False), (6, True)])
def test_request_that_cannot_leave_is_a_race_only_where_connections_are_used_up(
    at_door: int, *, is_a_race: bool
) -> None:
    """With a connection left, the request is on its way to the server, and its tab elsewhere."""
    door = [f"t{number}" for number in range(at_door)]
    assert bool(standing(door, told("request_sent", API, "a"), tabs=(*door, "a"))) is is_a_race


def test_tabs_at_the_door_are_a_race() -> None:
    """All of them, by arrival."""
    assert standing(["b", "a", "c"]) == "at the server's door: tab b, tab a, tab c"


def test_tab_at_the_door_and_others_in_the_queue_are_a_race() -> None:
    """Those who wait for the same are told together."""
    events = (HAS_IN_A, told("lock_requested", "session", "b"), told("lock_requested", "session", "c"))
    assert standing(["a"], *events) == f"at the server's door: tab a; tab b, tab c {QUEUED}"


def test_tab_at_the_door_and_others_that_poll_its_lease_are_a_race() -> None:
    """Where there are no Web Locks; a poll with nobody at the door is none."""
    polls = told("idb_poll_began", "session", "b")
    assert standing(["a"], polls, tabs=("a", "b")) == f"at the server's door: tab a; tab b {POLLING}"
    assert standing([], polls, tabs=("a", "b")) == ""


def test_tabs_that_wait_for_different_things_are_told_apart() -> None:
    """One for the lock, one for a connection."""
    seen = standing(["a"], HAS_IN_A, QUEUE_OF_B, ASKS_IN_C)
    assert seen == f"at the server's door: tab a; tab b {QUEUED}; tab c {SENT}"


def test_tab_that_is_elsewhere_is_no_race() -> None:
    """Tab c does something else."""
    assert standing(["a"], HAS_IN_A, QUEUE_OF_B, told("request_sent", API, "c")) == ""


def test_queue_without_a_tab_at_the_door_is_no_race() -> None:
    """Somebody has to hold what the others wait for."""
    assert standing([], WANTS, QUEUE_OF_B, ASKS_IN_C) == ""


def test_other_tabs_at_the_door_are_no_race() -> None:
    """Who does not take part makes none."""
    assert standing(["d"], WANTS, QUEUE_OF_B, ASKS_IN_C) == ""


def test_queue_for_a_lock_that_the_tab_at_the_door_has_let_go_is_no_race() -> None:
    """It is over before the others begin; one that it holds, and asks for once more, is not."""
    others = (QUEUE_OF_B, ASKS_IN_C)
    assert standing(["a"], HAS_IN_A, told("lock_released", "session", "a"), *others) == ""
    assert standing(["a"], HAS_IN_A, told("lock_requested", "session", "a"), *others) != ""


def test_delivering_lets_in_who_has_come_to_the_door_since() -> None:
    """Else a client that asks again would stand there until it lost its patience once more."""
    released: list[str] = []
    held = {"reply": [SimpleNamespace(tab="a"), SimpleNamespace(tab="b")], "door": [SimpleNamespace(tab="late")]}
    stage = SimpleNamespace(
        ledger=SimpleNamespace(held=held.__getitem__),
        proxy=SimpleNamespace(release=lambda live, _action: released.append(live.tab)),
        settle=lambda: released.append("settled"),
    )
    Race(("a", "b", "late")).deliver_held(cast("Stage", stage), last_first=True)
    assert released == ["b", "settled", "a", "settled", "late"]
