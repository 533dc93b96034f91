"""The access token is good no more: the proxy makes it one that no server takes, until the app has refreshed.

So a token expires on any server, whatever its clock says. To a client that reads `exp` the token still looks good.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.stage.stage import Stage

_REFUSED = frozenset({401, 403})


class AccessSpoiled:
    """Spoils every access token seen so far; the witness is a refusal of the server's, or a refresh before one."""

    name = "access_spoiled"

    def __init__(self) -> None:
        self._after = float("inf")

    def inject(self, stage: Stage) -> None:
        """Have the proxy spoil them."""
        self._after = stage.tape.now()
        stage.ledger.spoil()

    def effect(self, history: History) -> str:
        """Return which request the server refused for its spoiled token, or which refresh was there before any."""
        since = [e for e in history.exchanges if e.at >= self._after]
        for exchange in since:
            if exchange.spoiled and exchange.status in _REFUSED:
                told = f"the server answered {exchange.status} to #{exchange.id} {exchange.path}"
                return f"{told}, whose access token had been made invalid on its way"
        issued = {e.access_issued for e in history.exchanges}
        for exchange in since:
            if exchange.role == "api" and exchange.status in _REFUSED and exchange.access_used not in {"", *issued}:
                return f"the server answered {exchange.status} to #{exchange.id} {exchange.path}, whose token was torn"
        spoiled = any(e.spoiled for e in since)
        renewed = [e for e in since if e.role == "refresh" and e.granted]
        if renewed and not spoiled:
            return f"refresh #{renewed[0].id} replaced the access token before it was used again"
        return ""

    def lift(self, stage: Stage) -> None:
        """Leave it expired."""
