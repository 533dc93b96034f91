"""One log line for each attempt to refresh: how it ended, and never a token."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from rest_framework.exceptions import ValidationError

from token_family.errors import RefusedError, ServerBusyError
from token_family.reasons import Granted, Reason, Trouble
from token_family.telling import log_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from token_family.judging import Judgement
    from token_family.tokens import FamilyRefreshToken

log = logging.getLogger("token_family")

GRANTED_LEVELS = {Granted.DB_ROLLBACK: logging.WARNING}


@dataclass
class Attempt:
    """What is known of an attempt: `d` generations behind, `age_s` seconds since the last rotation."""

    outcome: str = Trouble.ERROR
    family: str = ""
    generation: int | None = None
    d: int | None = None
    age_s: int | None = None

    def note(self, token: FamilyRefreshToken, judgement: Judgement) -> None:
        """Take down what was judged; of the session's id only a hash is kept."""
        family, decision, now = judgement
        self.outcome = decision.reason
        self.family = log_name(family.sid)
        self.generation = token.generation
        self.d = family.generation - token.generation
        self.age_s = int((now - family.rotated_at).total_seconds())

    def write(self, level: int) -> None:
        """Write the line; each word is also a field of the record."""
        words = {name: value for name, value in asdict(self).items() if value not in {None, ""}}
        line = " ".join(f"{name}={value}" for name, value in words.items())
        log.log(level, "refresh %s", line, extra={"refresh": words})


@contextmanager
def logged_attempt() -> Iterator[Attempt]:
    """Log how the refresh inside ends, by whichever way it leaves."""
    attempt = Attempt()
    level = logging.ERROR
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
        attempt.write(level)
