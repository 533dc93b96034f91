"""The oracle: after the steps, who is still signed in? It asks every tab and the wire, nothing else.

The network heals and everything settles; then for every tab: what the page shows, what an
authenticated act gets, the same again after a reload; then the server, when it can be asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import TimeoutError as PlaywrightTimeout

from nologout.model.history import Look, ServerSaid
from nologout.redact import redact

if TYPE_CHECKING:
    from nologout.model.history import Looks, Phase, Probe
    from nologout.stage.browser.tab import Tab
    from nologout.stage.stage import Stage

_PATIENCE_S = 8.0
_ENDING_S = 3.0
_BRIEF_S = 0.5
_BRIEF_PROBE_S = 2.0


def question(stage: Stage, *, must_end: bool) -> None:
    """Write on the tape what every tab shows and gets, and what the server says."""
    stage.lift_faults()
    stage.settle()
    eye = _Eye(stage, "signed_out" if must_end else "signed_in")
    for tab in stage.tabs.values():
        eye.look(tab, "settled")
    for tab in stage.tabs.values():
        _reload(tab)
        stage.settle()
        eye.look(tab, "reloaded")
    said = stage.target.sessions(stage.base_url, stage.user.username)
    if said is not None:
        stage.tape.add(ServerSaid(sessions=said))


class _Eye:
    """Looks at one tab after another, patiently until the first that is not as it must be."""

    def __init__(self, stage: Stage, expected: Looks) -> None:
        self._stage = stage
        self._expected = expected
        # Each tab has had the time of those before it; and one finding is enough for the verdict.
        self._patience = _ENDING_S
        self._probing = _PATIENCE_S

    def _disappointed(self) -> None:
        self._patience, self._probing = _BRIEF_S, min(_PATIENCE_S, _BRIEF_PROBE_S)
        if self._stage.ledger.has_stormed:
            self._probing = _BRIEF_S

    def look(self, tab: Tab, phase: Phase) -> None:
        """Write down what the tab shows and gets."""
        stage = self._stage
        if not stage.wait_until(lambda: tab.looks() == self._expected, self._patience):
            self._disappointed()
        looks = tab.looks()
        probe = _probe(stage, tab, self._probing) if looks == "signed_in" else "not_tried"
        if probe not in {"served", "not_tried"}:
            self._disappointed()
        then, words, place = tab.looks(), redact(tab.words()), redact(tab.place)
        look = Look(tab=tab.name, phase=phase, looks=looks, probe=probe, then=then, words=words, place=place)
        stage.tape.add(look)


def _probe(stage: Stage, tab: Tab, patience: float) -> Probe:
    """Do something that needs the session; wait until it is served, or the tab gives up, or patience ends."""
    before = len(stage.tape.history().events)
    try:
        acted = tab.poke()
    except PlaywrightTimeout:
        acted = False
    if not acted:
        return "no_request"
    stage.wait_until(lambda: _got(stage, tab, before) == "served" or tab.looks() == "signed_out", patience)
    return _got(stage, tab, before)


def _got(stage: Stage, tab: Tab, before: int) -> Probe:
    answers = [
        e.served
        for e in stage.tape.history().exchanges
        if e.seq > before and e.tab == tab.name and e.role == "api" and e.shown is not None
    ]
    if not answers:
        return "no_request"
    return "served" if any(answers) else "refused"


def _reload(tab: Tab) -> None:
    tab.reload()
    try:
        tab.await_decided()
    except PlaywrightTimeout:
        return  # a page that shows neither mark is a finding: `looks` tells it
