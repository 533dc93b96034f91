"""The reply to a refresh was lost, and the server refuses the retry with the same token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.wire import refused, unheard
from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.model.verdict import Breach


def no_grace_for_lost_reply(history: History, breach: Breach) -> Finding | None:
    """Find a reply that reached nobody, and whose token was refused afterwards."""
    del breach
    for lost in (e for e in history.refreshes if unheard(history, e) and e.refresh_issued not in {"", e.refresh_used}):
        again = (e for e in history.refreshes if e.id > lost.id and e.refresh_used == lost.refresh_used != "")
        retry = next((e for e in again if refused(e)), None)
        if retry is not None:
            return Finding(
                cause="no_grace_for_lost_reply",
                guide_cause=3,
                side="server",
                evidence=f"the server rotated {lost.refresh_used} (#{lost.id}) and the reply reached nobody; the "
                f"retry (#{retry.id}) was refused with {retry.status}",
                remedy="the server needs a grace window: answer a retry of the last refresh token with the same "
                "successor (the `family` profile does); no front end can mend this",
            )
    return None
