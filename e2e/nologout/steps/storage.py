"""Steps of storage: the browser runs out of room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.stage.browser.quota import Quota
from nologout.stage.faults.storage.storage_full import StorageFull
from nologout.steps.step import Step

if TYPE_CHECKING:
    from nologout.stage.stage import Stage


class LimitStorage(Step, frozen=True, tag="limit_storage"):
    """The device has little room; to stand before the sign-in."""

    def perform(self, stage: Stage) -> None:
        """Set the browser's own quota for the app."""
        stage.quota = Quota(stage.context, stage.base_url)
        stage.quota.limit()


class FillStorage(Step, frozen=True, tag="fill_storage"):
    """The room that was left is taken."""

    def perform(self, stage: Stage) -> None:
        """Exhaust it."""
        stage.inject(StorageFull())
