"""Invariants, a file each: every one takes a history and returns its breach, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.checkers.ends_at_server import ends_at_server
from nologout.judge.checkers.ends_once import ends_once
from nologout.judge.checkers.no_auto_logout import no_auto_logout
from nologout.judge.checkers.no_dropped_request import no_dropped_request
from nologout.judge.checkers.no_forked_session import no_forked_session
from nologout.judge.checkers.no_lost_request import no_lost_request
from nologout.judge.checkers.no_mixed_identity import no_mixed_identity
from nologout.judge.checkers.no_needless_refresh import no_needless_refresh
from nologout.judge.checkers.no_refresh_storm import no_refresh_storm
from nologout.judge.checkers.session_ends import session_ends
from nologout.judge.checkers.stays_at_link import stays_at_link
from nologout.judge.checkers.tells_why import tells_why
from nologout.judge.checkers.thief_is_out import thief_is_out
from nologout.judge.checkers.waits_as_told import waits_as_told

if TYPE_CHECKING:
    from collections.abc import Callable

    from nologout.judge.brief import Brief
    from nologout.model.history import History
    from nologout.model.verdict import Breach

    Checker = Callable[[History, Brief], Breach | None]

ALWAYS: tuple[Checker, ...] = (
    no_refresh_storm,
    session_ends,
    no_auto_logout,
    no_forked_session,
    stays_at_link,
    no_lost_request,
)
OPTIONAL: dict[str, Checker] = {
    "no_needless_refresh": no_needless_refresh,
    "thief_is_out": thief_is_out,
    "no_dropped_request": no_dropped_request,
    "waits_as_told": waits_as_told,
    "no_mixed_identity": no_mixed_identity,
    "tells_why": tells_why,
    "ends_once": ends_once,
    "ends_at_server": ends_at_server,
}


def first_breach(history: History, brief: Brief) -> Breach | None:
    """Return the first invariant's breach, the gravest first."""
    named = tuple(OPTIONAL[name] for name in brief.also)
    return next((breach for check in (*ALWAYS, *named) if (breach := check(history, brief))), None)
