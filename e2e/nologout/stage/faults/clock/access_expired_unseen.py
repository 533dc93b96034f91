"""The access token stops being good without the client's noticing: its next request gets a 401."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.stage.stage import Stage

_SLACK_S = 60


class AccessExpiredUnseen:
    """Moves the server's clock alone; the witness is a 401 of the server's to a tab."""

    name = "access_expired_unseen"

    def __init__(self) -> None:
        self._after = 0.0

    def inject(self, stage: Stage) -> None:
        """Expire the token for the server only."""
        self._after = stage.tape.now()
        stage.clocks.move_server(stage.app.access_lifetime_s + _SLACK_S)

    def effect(self, history: History) -> str:
        """Return which request the server refused since."""
        refused = [e for e in history.exchanges if e.role == "api" and e.status == 401 and e.at >= self._after]
        return f"the server answered 401 to #{refused[0].id} {refused[0].path}" if refused else ""

    def lift(self, stage: Stage) -> None:
        """Leave it expired."""
