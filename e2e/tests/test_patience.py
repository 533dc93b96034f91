"""Patience counts the seconds of a machine that keeps up."""

import pytest

from nologout.stage.patience import Patience


def waited(turn_s: float, seconds: float = 8.0) -> float:
    """Return how long one waits in vain where each turn takes so long."""
    now = 100.0
    patience = Patience(seconds, now)
    while True:
        now += turn_s
        if patience.is_over(now):
            return now - 100.0


@pytest.mark.parametrize(
    ("turn_s", "at_least", "at_most"),
    [
        (0.02, 8, 8.1),
        (0.25, 8, 8.3),
        (0.5, 16, 17),
        (1, 24, 25),
        (30, 30, 30),
    ],
)
def test_slow_turns_stretch_patience_up_to_three_times(turn_s: float, at_least: float, at_most: float) -> None:
    """An ordinary machine waits as long as it is told; a starved one longer, and never for ever."""
    assert at_least <= waited(turn_s) <= at_most


def test_one_slow_turn_costs_a_quarter_of_a_second() -> None:
    """A machine that was suspended for a moment has not used patience up."""
    patience = Patience(1.0, 0.0)
    assert not patience.is_over(2.0)
    assert not patience.is_over(2.2)
    assert patience.is_over(3.1)
