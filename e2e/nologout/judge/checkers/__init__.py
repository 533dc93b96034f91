"""Invariants, a file each: every one takes a history and returns its breach, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.checkers.no_auto_logout import no_auto_logout
from nologout.judge.checkers.no_forked_session import no_forked_session
from nologout.judge.checkers.no_needless_refresh import no_needless_refresh
from nologout.judge.checkers.no_refresh_storm import no_refresh_storm
from nologout.judge.checkers.session_ends import session_ends
from nologout.judge.checkers.thief_is_out import thief_is_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from nologout.judge.brief import Brief
    from nologout.model.history import History
    from nologout.model.verdict import Breach

    Checker = Callable[[History, Brief], Breach | None]

ALWAYS: tuple[Checker, ...] = (no_refresh_storm, no_auto_logout, session_ends, no_forked_session)
OPTIONAL: dict[str, Checker] = {"no_needless_refresh": no_needless_refresh, "thief_is_out": thief_is_out}


def first_breach(history: History, brief: Brief) -> Breach | None:
    """Return the first invariant's breach, the gravest first."""
    named = tuple(OPTIONAL[name] for name in brief.also)
    return next((breach for check in (*ALWAYS, *named) if (breach := check(history, brief))), None)
