"""A page that was told to wait (Retry-After) sends no refresh before that time is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.model.verdict import Breach

if TYPE_CHECKING:
    from nologout.judge.brief import Brief
    from nologout.model.history import Exchange, History

# The browser's timers and the proxy's clock differ by a few milliseconds.
_EARLY_S = 0.1


def waits_as_told(history: History, brief: Brief) -> Breach | None:
    """Return the first refresh that came too early, or None."""
    del brief
    for wish in (e for e in history.refreshes if e.wait_s and e.ended is not None):
        told = wish.ended or 0
        due = told + (wish.wait_s or 0) - _EARLY_S
        # To the app, days may lie between two refreshes that were played within a second.
        due = min([due, *(move.at for move in history.clock_moves if move.at > told)])
        early = [e for e in history.refreshes if _page(e) == _page(wish) and told < e.at < due]
        if early:
            after = early[0].at - told
            return Breach(
                "impatient",
                f"tab {wish.tab} was told to wait {wish.wait_s:.0f} s (#{wish.id}), and refreshed again after "
                f"{after:.1f} s (#{early[0].id})",
            )
    return None


def _page(exchange: Exchange) -> tuple[str, int]:
    return exchange.tab, exchange.document
