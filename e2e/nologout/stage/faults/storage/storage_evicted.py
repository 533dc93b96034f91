"""The browser clears what the app has stored, while its tabs are open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.stage.browser.stored import count
from nologout.stage.network.live import Answer, Pass
from nologout.stage.network.messages import Reply

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.stage.network.live import Action, Live
    from nologout.stage.stage import Stage

_PLACE = "/nologout/clear-storage"
# Every browser obeys this header: https://www.w3.org/TR/clear-site-data/
_ORDER = Answer(Reply(headers=(("clear-site-data", '"storage"'),), body=b"", status=200))
_FETCH = "(place) => fetch(place, { method: 'HEAD', cache: 'no-store' }).then(() => undefined)"


class StorageEvicted:
    """Has the browser clear the origin's storage; the witness counts what is there before and after."""

    name = "storage_evicted"

    def __init__(self) -> None:
        self._seen = ""

    def inject(self, stage: Stage) -> None:
        """Clear it, by the order of a reply that the server never sent."""
        page = stage.page
        before = count(page)
        stage.ledger.rules.append(self)
        page.evaluate(_FETCH, _PLACE)
        stage.ledger.rules.remove(self)
        after = count(page)
        if before and after < before:
            self._seen = f"{before} stored values before, {after} after"

    def at_door(self, live: Live) -> Action:
        """Answer the request that fetches the order."""
        return _ORDER if live.request.path == _PLACE else Pass()

    def at_reply(self, live: Live) -> Action:
        """Leave the server's own replies alone."""
        del live
        return Pass()

    def effect(self, history: History) -> str:
        """Return how many values went."""
        del history
        return self._seen

    def lift(self, stage: Stage) -> None:
        """Leave it: nobody brings it back."""
