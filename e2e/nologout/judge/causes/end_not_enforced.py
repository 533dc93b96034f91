"""The account was closed or changed at the server, and the server goes on serving its sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.wire import refusals
from nologout.model.history import StepBegan
from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import Exchange, History
    from nologout.model.verdict import Breach


def end_not_enforced(history: History, breach: Breach) -> Finding | None:
    """Find an account that was changed, in a history where the server went on afterwards."""
    changed = [e for e in history.effects if e.fault == "account_changed" and e.effect]
    if breach.outcome != "still_signed_in" or not changed:
        return None
    served = _served_after(history)
    if not served or refusals(history):
        return None
    return Finding(
        cause="end_not_enforced",
        guide_cause=0,
        side="server",
        evidence=f"{changed[0].effect}; yet it answered {served[-1].status} to #{served[-1].id} {served[-1].path} "
        f"of tab {served[-1].tab}",
        remedy="have the server end sessions with the account: CHECK_REVOKE_TOKEN for passwords, and a look at "
        "the user at each refresh",
    )


def _served_after(history: History) -> list[Exchange]:
    """Return what the server granted after the step that changed the account; what anybody may ask does not count."""
    steps = (e for e in history.events if isinstance(e, StepBegan))
    since = next((e.at for e in steps if e.text.startswith(("ChangePassword", "DeactivateUser"))), float("inf"))
    as_user = (e for e in history.exchanges if e.role == "refresh" or (e.role == "api" and e.access_used))
    asked = (e for e in as_user if e.at > since)
    return [e for e in asked if e.granted]
