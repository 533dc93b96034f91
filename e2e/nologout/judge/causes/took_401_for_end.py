"""The server refused an access token, and the client took that for the end of the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.judge.wire import brought_tokens, refusals, tabs_lost
from nologout.model.verdict import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nologout.model.history import Exchange, History
    from nologout.model.verdict import Breach


def took_401_for_end(history: History, breach: Breach) -> Finding | None:
    """Find a 401 after which a page shows the sign-in form and did not refresh, where no refresh was refused."""
    lost = tabs_lost(history, breach)
    if not lost or refusals(history):
        return None
    refused = (e for e in history.exchanges if e.role == "api" and e.shown == 401)
    alone = next((e for e in refused if e.tab in lost and _ended_it(history, e)), None)
    if alone is None:
        return None
    return Finding(
        cause="took_401_for_end",
        guide_cause=1,
        side="front end",
        evidence=f"the server answered 401 to #{alone.id} of tab {alone.tab}, and that page showed the sign-in form "
        "without refreshing, although the server had refused no refresh",
        remedy="on a 401 of the API's refresh once and send the request again; the session ends when the server "
        "refuses the refresh, and not before",
    )


def _signed_out(history: History, tab: str) -> Iterator[float]:
    """Yield when a tab was seen to show the sign-in form."""
    yield from (e.at for e in history.page_events if e.tab == tab and e.name == "shows_sign_in_form")
    yield from (look.at for look in history.looks if look.tab == tab and "signed_out" in {look.looks, look.then})


def _ended_it(history: History, refusal: Exchange) -> bool:
    """Tell whether nothing else than this refusal can have ended what its page shows."""
    own = (refusal.tab, refusal.document)
    seen = min((at for at in _signed_out(history, refusal.tab) if at >= refusal.at), default=float("inf"))
    # What is not over yet when the form is there did not bring it about.
    since = [r for r in history.refreshes if refusal.at <= (r.ended or seen) <= seen and r.at <= seen]
    asked = any((r.tab, r.document) == own and r.at >= refusal.at for r in since)
    return not asked and all(brought_tokens(r) for r in since)
