"""Several requests of one page are refused together, and the refresh that the first calls for is under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.stage.network.live import Hold, Pass

if TYPE_CHECKING:
    from nologout.model.history import Exchange, History
    from nologout.stage.network.live import Action, Live
    from nologout.stage.stage import Stage

_GATHER_S = 5.0


class RefusedTogether:
    """Gathers refusals and lets them arrive one by one, and holds the refresh meanwhile; the witness is the log."""

    name = "refused_together"

    def __init__(self, count: int) -> None:
        self._count = count
        self._gathered: set[int] = set()

    def inject(self, stage: Stage) -> None:
        """Have the proxy gather the next refusals."""
        for tab in stage.tabs.values():
            tab.bypass_cache()
        stage.ledger.rules.append(self)

    def at_door(self, live: Live) -> Action:
        """Hold the refreshes."""
        return Hold() if live.role == "refresh" else Pass()

    def at_reply(self, live: Live) -> Action:
        """Gather the refusals."""
        refused = live.role == "api" and live.reply is not None and live.reply.status == 401
        if not refused or len(self._gathered) == self._count:
            return Pass()
        self._gathered.add(live.id)
        return Hold()

    def deliver(self, stage: Stage) -> None:
        """Wait until all are refused, deliver the refusals, and only then let the refresh go on."""
        stage.wait_until(lambda: len(stage.ledger.held("reply")) == self._count, _GATHER_S)
        for live in stage.ledger.held("reply"):
            stage.proxy.release(live, Pass())
            stage.settle()
        self.lift(stage)

    def effect(self, history: History) -> str:
        """Return which refusals arrived before a refresh was answered, or called for none."""
        refused = [e for e in history.exchanges if e.id in self._gathered and e.shown == 401]
        if len(refused) < self._count:
            return ""
        last = max(e.ended or 0 for e in refused)
        if not any((r.ended or last) >= min(e.at for e in refused) for r in history.refreshes):
            return f"{_numbers(refused)} were refused together, and no page refreshed for them"
        during = [r for r in history.refreshes if r.at <= last <= (r.ended or last)]
        return f"{_numbers(refused)} were refused while refresh #{during[0].id} was under way" if during else ""

    def lift(self, stage: Stage) -> None:
        """Hold nothing any more."""
        if self in stage.ledger.rules:
            stage.ledger.rules.remove(self)
            for live in (*stage.ledger.held("door"), *stage.ledger.held("reply")):
                stage.proxy.release(live, Pass())


def _numbers(exchanges: list[Exchange]) -> str:
    return ", ".join(f"#{e.id}" for e in exchanges)
