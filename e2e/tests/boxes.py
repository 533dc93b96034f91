"""Black boxes written by hand: times are seconds since the sign-in, of a device whose access tokens live an hour."""

from __future__ import annotations

import json
from typing import Any

from nologout.diagnose.forensics import BlackBox, read_box

SIGN_IN_MS = 1_764_130_000_000
HOUR_S = 3600
DAY_S = 24 * HOUR_S

Event = dict[str, Any]


def event(at: float, kind: str, tab: str = "a", **given: Any) -> Event:  # noqa: ANN401 - any field of an event
    """Return an event as the client tells it."""
    return {"at": SIGN_IN_MS + at * 1000, "tab": tab, "online": True, "visible": True, "type": kind, **given}


def holds(at: float, kind: str, generation: int, tab: str = "a", **given: Any) -> Event:  # noqa: ANN401 - likewise
    """Return that a tab holds a generation, whose access token was handed out just then."""
    expires = SIGN_IN_MS + (at + HOUR_S) * 1000
    told = {"login": SIGN_IN_MS, "generation": generation, "expiresAt": expires, "serverOffset": 0}
    return event(at, kind, tab, **{**told, **given})


def signs_in(at: float = 0.0, tab: str = "a", **given: Any) -> list[Event]:  # noqa: ANN401 - likewise
    """Return a sign-in."""
    return [holds(at, "renewed", 1, tab, **given)]


def came(at: float, generation: int = 1, tab: str = "b") -> list[Event]:
    """Return that a tab was opened, and found a generation in storage."""
    return [holds(at, "adopted", generation, tab)]


def attempt(at: float, generation: int = 1, tab: str = "a", **given: Any) -> list[Event]:  # noqa: ANN401 - likewise
    """Return a refresh of which no more is told."""
    told = {"generation": generation, "expiresAt": None, "waited": 0, "hasRefresh": True}
    return [event(at, "attempt", tab, **{**told, **given})]


def rotated(at: float, generation: int = 1, tab: str = "a", took: float = 0.2, **given: Any) -> list[Event]:  # noqa: ANN401
    """Return a refresh that brought the next generation."""
    answer = event(at + took, "tokens", tab, status=200, took=took * 1000)
    return [*attempt(at, generation, tab), answer, holds(at + took, "renewed", generation + 1, tab, **given)]


def silent(at: float, generation: int = 1, tab: str = "a", status: int = 0, **given: Any) -> list[Event]:  # noqa: ANN401
    """Return a refresh to which no answer came, or one that says nothing."""
    return [*attempt(at, generation, tab, **given), event(at + 1, "transient", tab, status=status, took=1000)]


def refused(
    at: float, generation: int = 1, tab: str = "a", reason: str = "token_not_valid", status: int = 401
) -> list[Event]:
    """Return a refresh that was refused, on which the session ended."""
    answer = event(at + 0.2, "refused", tab, status=status, took=200, reason=reason)
    return [*attempt(at, generation, tab), answer, *ends(at + 0.2, generation, tab, reason)]


def ends(at: float, generation: int = 1, tab: str = "a", reason: str = "signed_out", **given: Any) -> list[Event]:  # noqa: ANN401
    """Return that a session is over for a tab."""
    return [event(at, "ended", tab, **{"login": SIGN_IN_MS, "generation": generation, "reason": reason, **given})]


def unwritten(at: float, tab: str = "a") -> list[Event]:
    """Return that storage refused a write."""
    return [event(at, "unwritten", tab)]


def export(*parts: list[Event], **frame: Any) -> dict[str, Any]:  # noqa: ANN401 - any field of the frame
    """Return an export as the page makes it."""
    return {"nologout": "black-box", "version": 1, "events": [event for part in parts for event in part], **frame}


def box(*parts: list[Event], **frame: Any) -> BlackBox:  # noqa: ANN401 - likewise
    """Return a black box that was exported and read."""
    return read_box(json.dumps(export(*parts, **frame)).encode(), "by hand")
