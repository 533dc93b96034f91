"""What every step is: frozen data with a JSON form that performs itself on a stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NoReturn

import msgspec

from nologout.model.history import PageEvent
from nologout.steps.words import spoken

if TYPE_CHECKING:
    from nologout.stage.stage import Stage
    from nologout.targets.app import App


class Step(msgspec.Struct, frozen=True, tag_field="step", omit_defaults=True, forbid_unknown_fields=True):
    """One thing that happens in a scenario; `needs` is what the browser must be capable of, if not every one is.

    `ends`: it may rightly end the session, so that who is signed out before it is signed out by something else.
    `hand` is what a person does instead, in a browser of their own; it may name the `step`'s fields, the `app`, the
    `path` that the step is about, and in `due` the time after which an access token needs to be renewed.
    """

    needs: ClassVar[str] = ""
    ends: ClassVar[bool] = False
    hand: ClassVar[str] = ""

    def perform(self, stage: Stage) -> None:
        """Do it on the stage."""
        raise NotImplementedError

    def by_hand(self, app: App) -> str:
        """Return that in a sentence or two, for an app."""
        path = getattr(app.paths, getattr(self, "role", "refresh"), app.paths.page)
        return self.hand.format(step=self, app=app, path=path, due=spoken(app.renewal_due_s))

    def tabs_meant(self) -> tuple[str, ...]:
        """Return the tabs in which it is done; none where it is of the device or the server."""
        one = getattr(self, "tab", "")
        return getattr(self, "tabs", ()) or ((one,) if one else ())

    def __str__(self) -> str:
        values = ", ".join(str(getattr(self, name)) for name in self.__struct_fields__)
        return f"{type(self).__name__}({values})"


class ScenarioOver(Exception):  # noqa: N818 - a finding that ends the steps, not an error
    """The steps cannot go on: a session is gone that was to be used, or goes on that was to be gone."""


def see_all_in(stage: Stage) -> None:
    """See that no tab shows the sign-in form yet: an end that nobody had to bring about proves nothing.

    Raises:
        ScenarioOver: One does; the oracle looks at it again.
    """
    for tab in stage.tabs.values():
        if tab.looks() == "signed_out":
            stop(stage, tab.name)


def stop(stage: Stage, tab: str) -> NoReturn:
    """End the steps because the user of a tab cannot act any more.

    Raises:
        ScenarioOver: Always.
    """
    stage.tape.add(PageEvent(tab=tab, name="act_impossible", detail="the tab shows the sign-in form"))
    raise ScenarioOver(tab)
