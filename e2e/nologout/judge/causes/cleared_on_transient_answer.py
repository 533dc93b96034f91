"""A refresh failed without the server's refusing it, and the client gave the session up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.wire import brought_tokens, refusals, tabs_lost, transient
from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import Exchange, History
    from nologout.model.verdict import Breach


def cleared_on_transient_answer(history: History, breach: Breach) -> Finding | None:
    """Find a refresh that failed in passing, or a device offline, in a history where the server refused none."""
    if not tabs_lost(history, breach) or refusals(history):
        return None
    failed = _failed(history)
    if not failed:
        return None
    return Finding(
        cause="cleared_on_transient_answer",
        guide_cause=3,
        side="front end",
        evidence=f"{failed}, and the session was given up although the server had refused no refresh",
        remedy="end the session only on the server's own refusal (its 401 in JSON with a reason); keep it through "
        "network errors, 429, 5xx and HTML, and try again with back-off",
    )


def _failed(history: History) -> str:
    for refresh in (e for e in history.refreshes if transient(e)):
        later = (e for e in history.refreshes if e.tab == refresh.tab and e.id > refresh.id)
        if not any(brought_tokens(e) for e in later):
            return f"refresh #{refresh.id} of tab {refresh.tab} {_told(refresh)}"
    # What a device without a network sends never comes to the proxy's door.
    offline = next((e for e in history.effects if e.fault == "offline" and e.effect), None)
    return f"the device was offline ({offline.effect})" if offline else ""


def _told(refresh: Exchange) -> str:
    if refresh.shown is None:
        return "got no reply"
    return f"was answered {refresh.shown} by somebody else" if refresh.status is None else f"got {refresh.shown}"
