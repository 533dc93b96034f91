"""Steps at the server: it is stopped for a while, or somebody changes the user's account."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from nologout.model.history import PageEvent
from nologout.stage.faults.server.account_changed import AccountChanged
from nologout.stage.faults.server.server_halted import ServerHalted
from nologout.steps.step import Step

if TYPE_CHECKING:
    from nologout.stage.stage import Stage


class StopServer(Step, frozen=True, tag="stop_server"):
    """The server goes down, and comes back when everything heals."""

    hand: ClassVar[str] = "Stop the server."

    def perform(self, stage: Stage) -> None:
        """Let what is not held come to its end, and write down which tabs show the sign-in form; then end the process.

        What a page shows by then is not the doing of a server that is gone.
        """
        stage.settle()
        for name, tab in stage.tabs.items():
            if tab.looks() == "signed_out":
                stage.tape.add(PageEvent(tab=name, name="shows_sign_in_form"))
        stage.inject(ServerHalted())


class ChangePassword(Step, frozen=True, tag="change_password"):
    """The user's password is changed elsewhere."""

    ends: ClassVar[bool] = True
    hand: ClassVar[str] = "Change the user's password elsewhere, for example as an administrator."

    def perform(self, stage: Stage) -> None:
        """Change it at the server."""
        stage.inject(AccountChanged("password"))


class DeactivateUser(Step, frozen=True, tag="deactivate_user"):
    """The user is barred from the app."""

    ends: ClassVar[bool] = True
    hand: ClassVar[str] = "Bar the user from the app, as an administrator."

    def perform(self, stage: Stage) -> None:
        """Bar them at the server."""
        stage.inject(AccountChanged("deactivated"))
