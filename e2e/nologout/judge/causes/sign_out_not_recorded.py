"""The user signed out, and the server did not take it down: it would still renew the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.model.verdict import Breach


def sign_out_not_recorded(history: History, breach: Breach) -> Finding | None:
    """Find a sign-out that the server refused, where it counts the session as alive."""
    refused = [e for e in history.exchanges if e.role == "sign_out" and e.status is not None and e.status >= 400]
    if breach.outcome != "session_left_alive" or not refused:
        return None
    return Finding(
        cause="sign_out_not_recorded",
        guide_cause=0,
        side="server",
        evidence=f"the server answered {refused[0].status} to the sign-out of tab {refused[0].tab} (#{refused[0].id}), "
        "and counts the session as alive",
        remedy="have the server end the session whatever the age of the token that names it",
    )
