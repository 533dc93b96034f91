"""A piece of the browser is missing, as in an older one or by a setting: no script of a page finds it."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.stage.stage import Stage

Piece = Literal["broadcast_channel", "web_locks", "indexed_db", "storage"]
_NAMES: dict[Piece, tuple[str, ...]] = {
    "broadcast_channel": ("BroadcastChannel",),
    "web_locks": ("locks",),
    "indexed_db": ("indexedDB",),
    "storage": ("indexedDB", "localStorage", "sessionStorage"),
}
_REMOVE = """((names) => {
  for (const start of [window, navigator]) {
    for (let owner = start; owner; owner = Object.getPrototypeOf(owner)) for (const name of names) delete owner[name];
  }
})"""


def by_script(piece: Piece) -> str:
    """Return a line of JavaScript that takes a piece away from a page, for a person who has no harness."""
    return "; ".join(
        f"delete {'Navigator.prototype' if name == 'locks' else 'window'}.{name}" for name in _NAMES[piece]
    )


class PieceMissing:
    """Removes a piece before any script of a page runs; the witness is what each page finds missing as it loads.

    Cookies stay, and what workers find: the app's pages alone are without it.
    """

    name = "piece_missing"

    def __init__(self, piece: Piece) -> None:
        self._names = _NAMES[piece]

    def inject(self, stage: Stage) -> None:
        """Remove it from every page that is loaded from now on."""
        stage.context.add_init_script(f"{_REMOVE}({json.dumps(self._names)})")

    def effect(self, history: History) -> str:
        """Return which tabs were without it, if that goes for every page that any tab has shown."""
        told = history.page_events
        shown = Counter(e.tab for e in told if e.name == "pageshow")
        without = Counter(e.tab for e in told if e.name == "lacks" and {*self._names} <= {*e.detail.split()})
        if not without or any(without[tab] < pages for tab, pages in shown.items()):
            return ""
        return f"every page of tab {', tab '.join(sorted(without))} is without {', '.join(self._names)}"

    def lift(self, stage: Stage) -> None:
        """Leave it missing: a network that heals brings no browser up to date."""
