"""The server refuses the access token, and the client does not refresh it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.wire import page_of
from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.model.verdict import Breach


def ignored_401(history: History, breach: Breach) -> Finding | None:
    """Find a refusal that no refresh of its tab follows, in a page that looks signed in and gets nothing."""
    if breach.outcome not in {"zombie", "lost_request"}:
        return None
    refusals = [e for e in history.exchanges if e.role == "api" and e.shown == 401]
    alone = [e for e in refusals if not any(page_of(r) == page_of(e) and r.at > e.at for r in history.refreshes)]
    if not alone:
        return None
    return Finding(
        cause="ignored_401",
        guide_cause=5,
        side="front end",
        evidence=f"the server answered 401 to #{alone[0].id} of tab {alone[0].tab}, and that page never "
        "refreshed after it",
        remedy="refresh on a 401, whatever the device's clock says of the token: the server's word outranks it",
    )
