"""The client writes nothing down that outlives its tab, so that a reload or a new tab finds no session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.wire import brought_tokens, refusals, tabs_out
from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import Exchange, History
    from nologout.model.verdict import Breach

# Not `session_storage_set`: that ends with its tab.
_WRITES = frozenset({"storage_set", "idb_put", "idb_add", "storage_threw", "idb_aborted"})


def kept_in_memory(history: History, breach: Breach) -> Finding | None:
    """Find a page that came when there was a session and presented no token, in an app that wrote nothing down."""
    lost = breach.outcome in {"fatal_logout", "recoverable_false_logout"}
    wrote = any(e.name in _WRITES for e in history.page_events)
    page = _came_with_nothing(history)
    if not lost or wrote or page is None or refusals(history):
        return None
    return Finding(
        cause="kept_in_memory",
        guide_cause=4,
        side="front end",
        evidence=f"no tab wrote anything down that outlives it, and the page that came to tab {page.tab} "
        f"(#{page.id}) had no token to present: the session was lost with the page that held it",
        remedy="write the refresh token down where a reload and other tabs find it (IndexedDB, or an HttpOnly cookie "
        "of the server's)",
    )


def _came_with_nothing(history: History) -> Exchange | None:
    """Return a page load, after a sign-in, in a tab that is out, whose document presented no token."""
    since = min((e.ended or e.at for e in history.exchanges if brought_tokens(e)), default=float("inf"))
    bearers = {(e.tab, e.document) for e in history.exchanges if e.refresh_used or e.access_used}
    out = tabs_out(history)
    loads = (e for e in history.exchanges if e.role == "page" and e.tab in out and e.at > since)
    return next((e for e in loads if (e.tab, e.document) not in bearers), None)
