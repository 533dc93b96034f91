"""What a scenario's history means: verdict, outcome, cause, the side that must change, the remedy."""

from __future__ import annotations

from typing import Literal

import msgspec

VerdictWord = Literal["pass", "fail", "unknown", "skipped"]
Outcome = Literal[
    "ok",
    "recoverable_false_logout",
    "fatal_logout",
    "zombie",
    "blank",
    "refresh_storm",
    "forked_session",
    "needless_refresh",
    "still_signed_in",
    "thief_served",
    "lost_request",
    "impatient",
    "leak",
    "no_reason",
    "elsewhere",
    "session_left_alive",
    "",
]
Side = Literal["front end", "server", "configuration", ""]


class Breach(msgspec.Struct, frozen=True):
    """A checker's finding: an invariant did not hold, with what shows it."""

    outcome: Outcome
    evidence: str


class Finding(msgspec.Struct, frozen=True):
    """A named cause, with its evidence, the guide's cause it belongs to (0: none), and the fix."""

    cause: str
    guide_cause: int
    side: Side
    evidence: str
    remedy: str


class Judgement(msgspec.Struct, frozen=True):
    """What the judge says of one history; `why` is one sentence for people."""

    verdict: VerdictWord
    outcome: Outcome = ""
    why: str = ""
    finding: Finding | None = None
