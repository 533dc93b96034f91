"""Steps of storage: it is full, denied, cleared or torn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.stage.browser.quota import Quota
from nologout.stage.faults.storage.storage_corrupted import StorageCorrupted
from nologout.stage.faults.storage.storage_denied import StorageDenied
from nologout.stage.faults.storage.storage_evicted import StorageEvicted
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


class DenyStorage(Step, frozen=True, tag="deny_storage"):
    """The browser denies the app its storage; to stand before the first tab."""

    def perform(self, stage: Stage) -> None:
        """Have it throw."""
        stage.inject(StorageDenied())


class EvictStorage(Step, frozen=True, tag="evict_storage"):
    """The browser clears what the app has stored."""

    def perform(self, stage: Stage) -> None:
        """Clear it."""
        stage.inject(StorageEvicted())


class CorruptStorage(Step, frozen=True, tag="corrupt_storage"):
    """What the app has stored is torn."""

    def perform(self, stage: Stage) -> None:
        """Tear it."""
        stage.inject(StorageCorrupted())
