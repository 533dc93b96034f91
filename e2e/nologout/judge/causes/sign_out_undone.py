"""A refresh that was under way at the sign-out brings the session back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.wire import brought_tokens
from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from nologout.model.history import Exchange, History
    from nologout.model.verdict import Breach


def sign_out_undone(history: History, breach: Breach) -> Finding | None:
    """Find new tokens that arrived after a sign-out, where a reload finds the session again, or the server does."""
    outs = [e for e in history.exchanges if e.role == "sign_out"]
    late = [e for e in history.refreshes if outs and brought_tokens(e) and _under_way(e, outs[0])]
    back = any((look.phase, look.looks) == ("reloaded", "signed_in") for look in history.looks)
    if not late or not (breach.outcome == "session_left_alive" or (breach.outcome == "still_signed_in" and back)):
        return None
    return Finding(
        cause="sign_out_undone",
        guide_cause=0,
        side="front end",
        evidence=f"tab {outs[0].tab} had signed out (#{outs[0].id}) when refresh #{late[0].id} of tab "
        f"{late[0].tab} brought {late[0].refresh_issued or late[0].access_issued}",
        remedy="leave a mark of the sign-out in storage that beats any refresh under way, and revoke what still "
        "arrives",
    )


def _under_way(refresh: Exchange, sign_out: Exchange) -> bool:
    return refresh.at <= (sign_out.ended or sign_out.at) and (refresh.ended or 0) > sign_out.at
