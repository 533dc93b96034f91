"""Each step tells a person what to do in a browser of their own."""

from __future__ import annotations

import re
import subprocess

import msgspec
import pytest

from nologout import scenarios
from nologout.model.history import THIEF
from nologout.steps import LoseReply, Step
from nologout.steps.words import CUT_ONCE, LOST_ONCE, spoken
from nologout.targets import Reference
from tests.test_script import STEPS, made

APP = Reference("stock").app
SNIPPET = re.compile(r"`const real.*?`")
# Plays the page: what it gets for the path, the second time, and for another address.
PAGE = """
const asked = [];
globalThis.fetch = async (url) => {
  asked.push(url);
  return Object.defineProperty(new Response('0123456789'.repeat(9)), 'url', { value: url });
};
const told = async (url) => {
  try { return (await (await fetch(url)).text()).length; } catch (error) { return error.message; }
};
(0, eval)(process.argv[1]);
(async () => {
  console.log(JSON.stringify([await told('/other'), await told('/api/r/'), await told('/api/r/'), asked]));
})();
"""


@pytest.mark.parametrize("kind", STEPS, ids=lambda kind: kind.__name__)
def test_step_has_words_for_a_person(kind: type[Step]) -> None:
    """Whole sentences without a gap left open, without the harness's own words, and in tabs that there are."""
    step = made(kind)
    words = SNIPPET.sub("", step.by_hand(APP))
    assert words[:1].isupper()
    assert words.endswith((".", "console "))
    assert not re.search(r"[{}]|\bNone\b|poke|proxy|ledger|stage|witness|fault", words)
    assert set(step.tabs_meant()) <= {"a", "b"} - {THIEF}


@pytest.mark.parametrize("name", scenarios.names())
def test_every_scenario_can_be_played_by_hand(name: str) -> None:
    """No step of any variant is passed over."""
    for steps in scenarios.load(name).variants.values():
        assert all(step.by_hand(APP) for step in steps)


def test_words_follow_the_values_of_a_step() -> None:
    """What a person must do differs where the steps do."""
    for kind in STEPS:
        for field in msgspec.structs.fields(kind):
            if field.type is bool:
                steps = [msgspec.structs.replace(made(kind), **{field.name: value}) for value in (True, False)]
                assert len({step.by_hand(APP) for step in steps}) == 2, (kind, field.name)
    assert APP.paths.sign_in in LoseReply("sign_in").by_hand(APP)


@pytest.mark.parametrize(("snippet", "second"), [(LOST_ONCE, "the reply is lost"), (CUT_ONCE, 40)])
def test_console_snippet_does_its_harm_once(snippet: str, second: object) -> None:
    """The server is asked each time; the path's first reply alone is spoilt, and no other address's."""
    pasted = snippet.format(path="/api/r/").strip("`")
    done = subprocess.run(["node", "-e", PAGE, pasted], capture_output=True, text=True, check=True, timeout=60)
    assert msgspec.json.decode(done.stdout) == [90, second, 90, ["/other", "/api/r/", "/api/r/"]]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(3900, "1 hour 5 minutes"), (86_400 * 6 + 3600 * 23, "6 days 23 hours"), (-600, "10 minutes"), (1, "1 second")],
)
def test_spans_are_told_in_words(seconds: float, words: str) -> None:
    """In the largest units, without a sign."""
    assert spoken(seconds) == words
