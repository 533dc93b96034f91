"""The black box of a real browser is explained as the judge explains what was seen on the wire, or not at all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from nologout import oracle, runner, scenarios
from nologout.diagnose.forensics import Explanation, explain, read_box
from nologout.judge import Brief, judge
from nologout.stage.stage import set_stage
from nologout.targets import Reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from nologout.model.verdict import Judgement
    from nologout.plugin.fixtures import ServerPool

pytestmark = pytest.mark.browser
EVENTS = """() => new Promise((resolve) => {
  const opening = indexedDB.open('nologout-session-events');
  opening.onsuccess = () => {
    const reading = opening.result.transaction('values').objectStore('values').get('events');
    reading.onsuccess = () => { opening.result.close(); resolve(JSON.stringify(reading.result)); };
  };
})"""


class Cell(NamedTuple):
    """What is played, the cause that the wire shows (none: it passes), and what the black box must show."""

    client: str
    profile: str
    scenario: str
    variant: str
    wire: str
    box: str


CELLS = [
    Cell("reference", "stock", "lost_response", "", "no_grace_for_lost_reply", "no_grace_for_lost_reply"),
    Cell("reference", "family", "sign_out_reaches_every_tab", "", "", "ended: its user signed out"),
    Cell("reference", "family", "stolen_token_replayed", "", "", "ended: an old token of it had been used"),
    Cell(
        "no_cross_tab_lock",
        "stock",
        "two_tabs_expire_together",
        "loser_first",
        "reused_refresh_token",
        "reused_refresh_token",
    ),
    Cell("drops_rotated_token", "stock", "reload_with_expired_access", "", "dropped_rotated_token", "unknown"),
]


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell.client}-{cell.scenario}-{cell.profile}")
def test_black_box_tells_what_the_wire_tells_or_nothing(
    cell: Cell, server_pool: ServerPool, new_context: Callable[..., BrowserContext]
) -> None:
    """A right end is one for both; a cause of the box is the cause of the wire."""
    judgement, explanation = played(cell, server_pool, new_context)
    assert (judgement.finding.cause if judgement.finding else "") == cell.wire, judgement
    assert told(explanation).startswith(cell.box), explanation.why


def played(
    cell: Cell, server_pool: ServerPool, new_context: Callable[..., BrowserContext]
) -> tuple[Judgement, Explanation]:
    """Play a cell, and return what the judge says of it, and what the black box of its browser says afterwards."""
    target, scenario = Reference(cell.profile, cell.client), scenarios.load(cell.scenario)
    brief = Brief.of(scenario.info, target.capabilities)
    with set_stage(target, server_pool.running(target), new_context) as stage:
        runner._perform(scenario.variants[cell.variant], stage)
        oracle.question(stage, must_end=brief.must_end)
        box = exported(next(iter(stage.tabs.values())).page, cell.profile)
        return judge(stage.tape.history(), brief), explain(read_box(box, "the black box"))


def exported(page: Page, profile: str) -> bytes:
    """Return the export of the black box that the tabs of a page's browser share."""
    strategy = profile if profile in {"cookie", "no_rotation", "sliding"} else "rotating"
    frame: dict[str, Any] = {"nologout": "black-box", "version": 1, "strategy": strategy}
    return json.dumps({**frame, "events": json.loads(page.evaluate(EVENTS))}).encode()


def told(explanation: Explanation) -> str:
    """Return the cause, or else the verdict with why, or that nothing can be told."""
    if explanation.finding:
        return explanation.finding.cause
    return "unknown" if explanation.verdict == "unknown" else f"{explanation.verdict}: {explanation.why}"
