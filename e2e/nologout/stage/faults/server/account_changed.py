"""Somebody changes the user's account at the server: another password, or no entry at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from nologout.model.history import History
    from nologout.stage.stage import Stage


class AccountChanged:
    """Changes the account; the witness is a sign-in that the server accepted before, and refuses after."""

    name = "account_changed"

    def __init__(self, how: Literal["password", "deactivated"]) -> None:
        self._how = how
        self._seen = ""

    def inject(self, stage: Stage) -> None:
        """Change it, as an administrator would."""
        target, url, user = stage.target, stage.base_url, stage.user
        before = target.accepts(url, user)
        if self._how == "password":
            target.change_password(url, user)
        else:
            target.deactivate(url, user)
        if before and not target.accepts(url, user):
            self._seen = "the server accepted the user's password before, and refuses it now"

    def effect(self, history: History) -> str:
        """Return what became of the sign-in."""
        del history
        return self._seen

    def lift(self, stage: Stage) -> None:
        """Leave the account as it is: a network that heals mends none."""
