"""Where refresh tokens rotate, one never has two different successors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.model.verdict import Breach

if TYPE_CHECKING:
    from nologout.judge.brief import Brief
    from nologout.model.history import Exchange, History


def no_forked_session(history: History, brief: Brief) -> Breach | None:
    """Return the token that got two successors, or None."""
    if not brief.rotation:
        return None
    first: dict[str, Exchange] = {}
    for refresh in history.refreshes:
        if not refresh.refresh_issued or not refresh.refresh_used:
            continue
        before = first.setdefault(refresh.refresh_used, refresh)
        if before.refresh_issued != refresh.refresh_issued:
            both = f"{before.refresh_issued} (#{before.id}) and {refresh.refresh_issued} (#{refresh.id})"
            return Breach("forked_session", f"the server made two sessions of {refresh.refresh_used}: {both}")
    return None
