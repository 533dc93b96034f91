"""The scenarios of every merge leave no cause of the guide and no group out."""

from typing import get_args

from nologout import scenarios
from nologout.gate import GATE
from nologout.model.scenario_info import Group

INFOS = [scenarios.load(name).info for name in GATE]


def test_gate_meets_every_cause_of_the_guide() -> None:
    """Its five, and what is beyond them."""
    assert {info.guide_cause for info in INFOS} == {scenarios.load(name).info.guide_cause for name in scenarios.names()}
    assert {info.guide_cause for info in INFOS} >= {0, 1, 2, 3, 4, 5}


def test_gate_meets_every_group() -> None:
    """Whatever can go wrong is tried in some way."""
    assert {info.group for info in INFOS} == set(get_args(Group))


def test_gate_is_a_choice() -> None:
    """Each name stands once, in order, and most scenarios are left for the night."""
    assert list(GATE) == sorted(set(GATE))
    assert len(GATE) < len(scenarios.names()) / 2


def test_gate_tries_what_must_end() -> None:
    """Keeping everybody signed in for ever would pass the others."""
    assert any(info.ends for info in INFOS)
