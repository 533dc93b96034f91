"""What a target may lack is told in words: every name that a scenario, or a way into an app, may ask for has some."""

import re
from pathlib import Path
from typing import get_args

import nologout
from nologout.model.capabilities import WORDS, lacking
from nologout.model.scenario_info import Capability

SOURCES = Path(nologout.__file__).parent.rglob("*.py")
RAISED = re.compile(r"Unsupported\(([^)]*)\)")


def test_all_that_may_be_lacking_has_words() -> None:
    """No more and no less."""
    calls = [call for path in SOURCES for call in RAISED.findall(path.read_text("utf-8"))]
    raised = {name for call in calls for name in re.findall(r'"([^"]+)"', call)}
    assert "second account" in raised
    assert {*get_args(Capability), *raised} == {*WORDS}


def test_key_that_would_help_is_named() -> None:
    """Beside the name by which the scenarios ask for it."""
    assert lacking("restart") == "the target has no restart (nologout does not start it; `[server]` says how)"
