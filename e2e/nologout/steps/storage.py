"""Steps of storage: it is full, denied, cleared or torn."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

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

    needs = "storage_quota"
    hand: ClassVar[str] = (
        "Give the app little room: in the Application panel, under Storage, simulate a custom quota of 1 MB."
    )

    def perform(self, stage: Stage) -> None:
        """Set the browser's own quota for the app."""
        stage.quota = Quota(stage.context, stage.base_url)
        stage.quota.limit()


class FillStorage(Step, frozen=True, tag="fill_storage"):
    """The room that was left is taken."""

    hand: ClassVar[str] = "Take the room that is left: lower that quota below what is used already."

    def perform(self, stage: Stage) -> None:
        """Exhaust it."""
        stage.inject(StorageFull())


class DenyStorage(Step, frozen=True, tag="deny_storage"):
    """The browser denies the app its storage; to stand before the first tab."""

    hand: ClassVar[str] = (
        "Deny the app its storage: in the browser's settings for this site, do not allow it to save data on the device."
    )

    def perform(self, stage: Stage) -> None:
        """Have it throw."""
        stage.inject(StorageDenied())


class EvictStorage(Step, frozen=True, tag="evict_storage"):
    """The browser clears what the app has stored."""

    hand: ClassVar[str] = 'Clear what the app has stored: in the Application panel, under Storage, "Clear site data".'

    def perform(self, stage: Stage) -> None:
        """Clear it."""
        stage.inject(StorageEvicted())


class CorruptStorage(Step, frozen=True, tag="corrupt_storage"):
    """What the app has stored is torn."""

    hand: ClassVar[str] = (
        "Spoil what the app has stored: in the Application panel, or by a line in the console, cut each "
        "stored value in half."
    )

    def perform(self, stage: Stage) -> None:
        """Tear it."""
        stage.inject(StorageCorrupted())
