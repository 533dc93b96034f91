"""What every step is: frozen data with a JSON form that performs itself on a stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

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


class SignedOutEarly(Exception):  # noqa: N818 - a finding that ends the steps, not an error
    """The user could not act any more, because the tab shows them as signed out."""
