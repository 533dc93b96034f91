"""A session ends once: a page that was refused does not ask again and again."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nologout.judge.wire import refusals
from nologout.model.verdict import Breach

if TYPE_CHECKING:
    from nologout.judge.brief import Brief
    from nologout.model.history import History


def ends_once(history: History, brief: Brief) -> Breach | None:
    """Return the first page that was refused more than once with one token, or None."""
    del brief
    times = Counter((e.tab, e.document, e.refresh_used) for e in refusals(history))
    for (tab, _, _), count in times.items():
        if count > 1:
            return Breach("still_signed_in", f"tab {tab} was refused {count} refreshes by the server, and went on")
    return None
