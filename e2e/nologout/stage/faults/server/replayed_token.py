"""A thief presents a refresh token that was stolen from the wire."""

from __future__ import annotations

import contextlib
import json
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

from nologout.errors import HarnessError
from nologout.model.history import THIEF
from nologout.stage.network.messages import TAB_HEADER

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.stage.stage import Stage

_PATIENCE_S = 10


class ReplayedToken:
    """Sends the stolen token as its owner's page would; the witness is the proxy's log."""

    name = "replayed_token"

    def inject(self, stage: Stage) -> None:
        """Present the token, through the proxy, under the thief's name.

        Raises:
            HarnessError: Nothing was stolen before.
        """
        if not stage.stolen:
            raise HarnessError("no refresh token was stolen before it was to be replayed")
        vault, places = stage.ledger.vault, stage.app.places
        headers = {TAB_HEADER: THIEF, "Content-Type": "application/json"}
        if places.refresh_cookie:
            headers["Cookie"] = vault.cookie(stage.stolen)
        body = {places.refresh_field: vault.raw(stage.stolen)} if places.refresh_field else {}
        url = f"{stage.base_url}{stage.app.paths.refresh}"
        request = urllib.request.Request(url, json.dumps(body).encode(), headers)  # noqa: S310 - the target's own
        through = urllib.request.build_opener(urllib.request.ProxyHandler({"http": stage.proxy.address}))
        with contextlib.suppress(urllib.error.HTTPError), through.open(request, timeout=_PATIENCE_S):
            pass  # the proxy's log tells what came of it

    def effect(self, history: History) -> str:
        """Return what the server answered to the thief."""
        tried = [e for e in history.exchanges if e.tab == THIEF and e.status is not None]
        return f"the server answered {tried[0].status} to the thief's {tried[0].refresh_used}" if tried else ""

    def lift(self, stage: Stage) -> None:
        """Leave the replay as it is: it has happened."""
