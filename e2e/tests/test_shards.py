"""Shards are together the whole and share nothing, in every process alike; a wrong one is named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as some

from nologout.errors import UsageError
from nologout.model.shard import Shard
from nologout.report.words import sentence
from tests.test_model import result, run

ROOT = Path(__file__).parents[2]
# Collects the scenarios under each option in turn, in one process, and prints a line of cells for each.
COLLECT = """
import sys, pytest
class Probe:
    def pytest_collection_finish(self, session):
        print("CELLS", *(item.name for item in session.items))
for shard in sys.argv[1:]:
    pytest.main(["e2e/nologout", "--collect-only", "-q", "-p", "no:django", *shard.split()], plugins=[Probe()])
"""


@given(some.lists(some.integers()), some.integers(1, 60))
def test_shards_are_the_whole_and_disjoint(things: list[int], count: int) -> None:
    """Each thing is in exactly one part, and no part is longer than another by more than one."""
    numbered = list(enumerate(things))
    parts = [Shard(index, count).part(numbered) for index in range(1, count + 1)]
    assert sorted(thing for part in parts for thing in part) == numbered
    sizes = [len(part) for part in parts]
    assert max(sizes) - min(sizes) <= 1


def test_collected_shards_are_the_whole_and_disjoint() -> None:
    """What machines side by side collect is what one alone would."""
    options = ("", "--nologout-shard=1/3", "--nologout-shard=2/3", "--nologout-shard=3/3", "--nologout-shard=3/3")
    done = subprocess.run(
        [sys.executable, "-c", COLLECT, *options], cwd=ROOT, capture_output=True, text=True, check=True, timeout=100
    )
    whole, *parts = [line.split()[1:] for line in done.stdout.splitlines() if line.startswith("CELLS")]
    assert len(whole) > 100
    assert parts[2] == parts[3]
    assert sorted(cell for part in parts[:3] for cell in part) == sorted(whole)
    assert len(set(whole)) == len(whole)


@pytest.mark.parametrize(
    "text", ["", "1", "1/", "/2", "0/2", "3/2", "1/0", "-1/2", "1/2/3", "a/b", "1.5/2", "\uff11/\uff12", " 1/2"]
)
def test_wrong_shard_is_named(text: str) -> None:
    """The error says what was written, the hint what may be."""
    with pytest.raises(UsageError) as caught:
        Shard.parse(text)
    assert (text or "''") in str(caught.value)
    assert "2/4" in caught.value.hint


def test_report_says_which_shard_it_is_of() -> None:
    """Nobody takes a part for the whole."""
    assert "(shard 2/4, " in sentence(msgspec.structs.replace(run(result()), shard="2/4"))
    assert "shard" not in sentence(run(result()))
