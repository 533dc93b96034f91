"""The app's server is stopped for a while, as by a deploy."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.stage.stage import Stage


class ServerHalted:
    """Ends the server's process and starts it anew; the witness is a request that nobody answered meanwhile."""

    name = "server_halted"

    def __init__(self) -> None:
        self._from = float("inf")
        self._to = float("inf")

    def inject(self, stage: Stage) -> None:
        """End the process."""
        stage.server.halt()
        self._from = stage.tape.now()

    def effect(self, history: History) -> str:
        """Return which refresh the proxy could hand to nobody."""
        for refresh in history.refreshes:
            ended = refresh.ended or 0
            if self._from <= ended <= self._to and refresh.status is None and refresh.shown == 502:
                return f"nobody took refresh #{refresh.id} of tab {refresh.tab}: the server was down"
        return ""

    def lift(self, stage: Stage) -> None:
        """Start it again."""
        if self._from < self._to == float("inf"):
            self._to = stage.tape.now()
            stage.server.resume()
