"""One log line and one signal for each attempt to refresh: how it ended, and never a token."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any

from django.dispatch import Signal
from rest_framework.exceptions import ValidationError

from token_family.clients import changes
from token_family.errors import RefusedError, ServerBusyError
from token_family.reasons import REPLAYS, Granted, Reason, Trouble
from token_family.telling import log_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from token_family.clients import Client
    from token_family.judging import Judgement
    from token_family.tokens import FamilyRefreshToken

log = logging.getLogger("token_family")

GRANTED_LEVELS = {Granted.DB_ROLLBACK: logging.WARNING}

# Whoever presents these presents a token that another has replaced.
USED_TOKENS = {*REPLAYS, Reason.REUSE_DETECTED}

# Sent with the words of each attempt as keywords, by the class Attempt, before the client is answered.
refresh_attempted = Signal()


@dataclass
class Attempt:
    """What is known of an attempt; what is not known, or not so, is None or empty, and left out wherever it is told.

    `d` generations behind, `age_s` seconds since the last rotation, `session_age_s` since the sign-in (for a
    session that SimpleJWT began: since its adoption), `latency_ms` from the request's data to the answer's, `skew_s`
    seconds by which our clock is ahead of the client's. `immature_iat`: the token was issued in the future.
    `agent_changed` and `address_changed`: a used token comes from another client than the last rotation was for.
    """

    outcome: str = Trouble.ERROR
    family: str = ""
    generation: int | None = None
    d: int | None = None
    age_s: int | None = None
    session_age_s: int | None = None
    latency_ms: float | None = None
    skew_s: float | None = None
    immature_iat: bool | None = None
    agent_changed: bool | None = None
    address_changed: bool | None = None

    def note(self, token: FamilyRefreshToken, judgement: Judgement, client: Client | None) -> None:
        """Take down what was judged; of the session's id only a hash is kept."""
        family, decision, now = judgement
        self.outcome = decision.reason
        self.family = log_name(family.sid)
        self.generation = token.generation
        self.d = family.generation - token.generation
        self.age_s = _seconds(family.rotated_at, now)
        self.session_age_s = _seconds(family.outstanding.created_at, now)
        changed = changes(family, client) if decision.reason in USED_TOKENS else set()
        self.agent_changed = "agent" in changed or None
        self.address_changed = "address" in changed or None

    def tell(self, level: int) -> None:
        """Write the line, each word also a field of the record, and send the words to who listens."""
        words = {name: value for name, value in asdict(self).items() if value not in {None, ""}}
        line = " ".join(f"{name}={value}" for name, value in words.items())
        log.log(level, "refresh %s", line, extra={"refresh": words})
        _send(words)


@contextmanager
def logged_attempt() -> Iterator[Attempt]:
    """Tell how the refresh inside ends, by whichever way it leaves."""
    attempt = Attempt()
    level = logging.ERROR
    began = perf_counter()
    try:
        yield attempt
        level = GRANTED_LEVELS.get(Granted(attempt.outcome), logging.INFO)
    except ValidationError:
        attempt.outcome, level = Reason.MISSING, logging.WARNING
        raise
    except RefusedError as refusal:
        attempt.outcome, level = refusal.reason, logging.WARNING
        raise
    except ServerBusyError as busy:
        attempt.outcome = busy.reason
        raise
    except Exception:
        attempt.outcome = Trouble.ERROR
        raise
    finally:
        attempt.latency_ms = round((perf_counter() - began) * 1000, 1)
        attempt.tell(level)


def _send(words: dict[str, Any]) -> None:
    try:
        refresh_attempted.send_robust(sender=Attempt, **words)
    except Exception:
        # Django logs a receiver that fails by its __qualname__, which a functools.partial has not.
        log.exception("a receiver of refresh_attempted failed")


def _seconds(since: datetime | None, now: datetime) -> int | None:
    return None if since is None else int((now - since).total_seconds())
