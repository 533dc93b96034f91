"""A refresh failed without the server's refusing it, and the client gave the session up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.wire import refused, tabs_out, transient
from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import Exchange, History
    from nologout.model.verdict import Breach


def cleared_on_transient_answer(history: History, breach: Breach) -> Finding | None:
    """Find a refresh that failed in passing, in a history where the server refused none."""
    del breach
    passing = [e for e in history.refreshes if transient(e)]
    if not passing or not tabs_out(history) or any(refused(e) for e in history.refreshes):
        return None
    return Finding(
        cause="cleared_on_transient_answer",
        guide_cause=3,
        side="front end",
        evidence=f"refresh #{passing[0].id} of tab {passing[0].tab} {_told(passing[0])}, and the session was given up "
        "although the server had refused no refresh",
        remedy="end the session only on the server's own refusal (its 401 in JSON with a reason); keep it through "
        "network errors, 429, 5xx and HTML, and try again with back-off",
    )


def _told(refresh: Exchange) -> str:
    if refresh.shown is None:
        return "got no reply"
    return f"was answered {refresh.shown} by somebody else" if refresh.status is None else f"got {refresh.shown}"
