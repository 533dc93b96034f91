"""What every step is: frozen data with a JSON form that performs itself on a stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import msgspec

from nologout.model.history import PageEvent

if TYPE_CHECKING:
    from nologout.stage.stage import Stage


class Step(msgspec.Struct, frozen=True, tag_field="step", omit_defaults=True, forbid_unknown_fields=True):
    """One thing that happens in a scenario."""

    def perform(self, stage: Stage) -> None:
        """Do it on the stage."""
        raise NotImplementedError

    def __str__(self) -> str:
        values = ", ".join(str(getattr(self, name)) for name in self.__struct_fields__)
        return f"{type(self).__name__}({values})"


class ScenarioOver(Exception):  # noqa: N818 - a finding that ends the steps, not an error
    """The steps cannot go on: a session is gone that was to be used, or goes on that was to be gone."""


def stop(stage: Stage, tab: str) -> NoReturn:
    """End the steps because the user of a tab cannot act any more.

    Raises:
        ScenarioOver: Always.
    """
    stage.tape.add(PageEvent(tab=tab, name="act_impossible", detail="the tab shows the sign-in form"))
    raise ScenarioOver(tab)
