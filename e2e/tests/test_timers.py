"""Timers of the app's own tick while time passes: in spans that are told, each answered before the next."""

import math
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nologout import scenarios
from nologout.model.history import History
from nologout.model.result import Result
from nologout.runner import Cell
from nologout.stage.clock.ticks import MOST, spans
from nologout.steps import Expire, PassTime
from nologout.targets.foreign import ForeignTarget
from nologout.targets.samples.described import folder_of
from nologout.targets.samples.notes_server import PASSWORD, USER
from tests.test_samples import free_port

Play = Callable[[Cell], Result]

# Its refresh cookie lives for half an hour, and anew with each refresh; its page refreshes every four minutes.
SERVER = """
from pathlib import Path
from nologout.targets.samples.notes_server import Options, serve
options = Options(refresh_s=1800, cookies=frozenset({"access", "refresh"}), grace_s=30)
serve(Path(__file__).with_name("client.js"), options)
"""


@pytest.fixture
def kept_alive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ForeignTarget]:
    """Return a function that describes the app, with a line of the test's own."""
    monkeypatch.setenv("SAMPLE_USERNAME", USER)
    monkeypatch.setenv("SAMPLE_PASSWORD", PASSWORD)
    like = folder_of("four_minute_timer")
    (tmp_path / "client.js").write_text((like / "client.js").read_text("utf-8"), "utf-8")
    (tmp_path / "server.py").write_text(SERVER, "utf-8")

    def described(line: str) -> ForeignTarget:
        port = free_port()
        lines = (like / "nologout.toml").read_text("utf-8").replace("8475", port).splitlines()
        command = f"command = {[sys.executable, 'server.py', port]!r}"
        kept = [command if each.startswith("command") else each for each in lines if not each.startswith("timers")]
        file = tmp_path / "nologout.toml"
        file.write_text("\n".join([line, *kept]), "utf-8")
        return ForeignTarget(str(file))

    return described


@given(st.floats(0.1, 1e6), st.lists(st.floats(0.1, 1e5), max_size=3))
def test_spans_add_up_and_none_lets_a_timer_fire_twice(seconds: float, timers: list[float]) -> None:
    """But for one leap at the beginning of what is longer than so many ticks."""
    found = spans(seconds, timers)
    assert math.isclose(sum(found), seconds)
    assert all(each > 0 for each in found)
    shortest = min(timers, default=math.inf)
    assert all(each <= shortest for each in found[1:])
    assert found[0] <= shortest or len(found) in {1, MOST + 1}
    assert len(found) == 1 or shortest < seconds


@pytest.mark.parametrize(
    ("seconds", "timers", "expected"),
    [
        (7200, [], [7200]),
        (7200, [7200], [7200]),
        (500, [240], [20, 240, 240]),
        (480, [900, 240], [240, 240]),
        (86_400, [60], [86_400 - 60 * 60] + [60] * 60),
    ],
)
def test_time_is_cut_by_the_shortest_timer(seconds: float, timers: list[float], expected: list[float]) -> None:
    """A day of minutes is a leap, and an hour of minutes."""
    assert spans(seconds, timers) == expected


def test_ticket_lets_the_computer_sleep_where_a_timer_would_renew(
    kept_alive: Callable[[str], ForeignTarget],
) -> None:
    """Else whoever follows it waits in vain; to be idle is to be awake."""
    plain, ticking = kept_alive("").app, kept_alive("timers = [240]").app
    assert Expire().by_hand(plain) == "Leave the app alone for 10 minutes, so that the access token is due."
    slept = "Let the computer sleep (close the lid) for 10 minutes, so that the access token is due."
    assert Expire().by_hand(ticking) == slept
    assert PassTime(hours=2).by_hand(ticking) == "Leave everything alone for 2 hours."


@pytest.mark.browser
@pytest.mark.parametrize(
    ("line", "verdict", "granted", "told"),
    [("timers = [240]", "pass", range(60, 70), "in 30 spans"), ("", "unknown", range(1), "by 7200 s")],
)
def test_session_that_a_timer_keeps_alive_lives_while_it_ticks(  # noqa: PLR0913, PLR0917 - a case and what plays it
    kept_alive: Callable[[str], ForeignTarget], play_cell: Play, line: str, verdict: str, granted: range, told: str
) -> None:
    """Two hours, twice: every four minutes a new cookie for half an hour; in one leap the cookie is gone."""
    target = kept_alive(line)
    result = play_cell(Cell(scenarios.load("idle_two_hours"), "", target))
    assert result.verdict == verdict, result.why
    history = History(events=result.history)
    assert len([e for e in history.refreshes if e.granted]) in granted
    assert {told in event.effect for event in history.effects} == {True}
