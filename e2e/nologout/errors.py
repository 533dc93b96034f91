"""Everything nologout raises on purpose, as one tree.

    NologoutError
    ├── UsageError      your command or configuration: says what is wrong and what to do
    │   └── NoBrowser       the browser asked for is not here, or this Playwright cannot drive it
    ├── TargetError     your app lacks what the scenario needs, or did not answer
    │   ├── Unsupported     a capability is missing: the scenario is skipped by name
    │   └── Unwelcome       your app turns the harness away, or is gone: nothing more is played against it
    └── HarnessError    our own tools failed: the verdict is unknown
        └── NoEffect        a fault, or a race, did not take effect

A verdict is not an error: a logout that was observed is a result.
"""

from __future__ import annotations


class NologoutError(Exception):
    """The root: a sentence, and a hint that says what to do next."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(NologoutError):
    """The command line or a file given to it is wrong."""


class NoBrowser(UsageError):  # noqa: N818 - it names what there is not
    """The browser that was asked for is not on this machine, or cannot be driven."""


class TargetError(NologoutError):
    """The app under test did not do what a scenario asked of it."""


class Unsupported(TargetError):  # noqa: N818 - it names a state of the target, and ends in a skip
    """The app under test lacks a capability; `str(error)` names it."""


class Unwelcome(TargetError):  # noqa: N818 - it names a state of the target, and ends the run
    """The app under test turns the harness away, or is gone; to go on would tell nothing, and might do harm."""


class HarnessError(NologoutError):
    """A part of the harness failed; nothing can be said about the app."""


class NoEffect(HarnessError):  # noqa: N818 - it names what was not seen
    """A fault or a race was set up and nothing independent shows that it happened."""
