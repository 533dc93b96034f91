"""Nothing of one user is ever sent with another user's token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.wire import owners
from nologout.model.verdict import Breach

if TYPE_CHECKING:
    from nologout.judge.brief import Brief
    from nologout.model.history import History


def no_mixed_identity(history: History, brief: Brief) -> Breach | None:
    """Return the first request that carries one user's text under another user's token, or None."""
    del brief
    owner = owners(history)
    for sent in history.exchanges:
        whose = sent.carries.removeprefix("note:") if sent.carries.startswith("note:") else ""
        under = owner.get(sent.access_used, "")
        if whose and under and under != whose:
            return Breach("leak", f"tab {sent.tab} sent a text of user {whose} with user {under}'s token (#{sent.id})")
    return None
