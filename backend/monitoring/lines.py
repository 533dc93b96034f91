"""A line of the log: how it is written, and how it is told from the lines of others.

    at=2030-05-17T12:00:00Z event=refresh reason=ok status=200 remote=192.0.2.7 path=/api/token/refresh/

`event` is `refresh` (any attempt), `refusal` (another answer 401 or 403 of the API) or `forced_logout` (a client
reports one); `at` is UTC. The words are chosen so that nothing a client sends can end a line or begin another word.
"""

import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Self

MESSAGE = re.compile(
    # As written to the file, or as LOGGING writes it to stderr. Others' lines may quote a path that looks like
    # ours, so nothing else may stand before it.
    r"(?:\S+ \S+ [A-Z]+ monitoring )?"
    r"at=(?P<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) event=(?P<event>refresh|refusal|forced_logout)"
    r" reason=(?P<reason>[a-z0-9_]{1,40}) status=(?P<status>\d{3})"
    r" remote=(?P<remote>[0-9a-f.:]{1,45}|-) path=(?P<path>\S{1,200})"
)


@dataclass(frozen=True)
class Line:
    """One answer to a client; `reason` is `ok`, the word for a refusal, or that for which a session was lost."""

    at: str
    event: str
    reason: str
    status: int
    remote: str
    path: str

    def __str__(self) -> str:
        return " ".join(f"{name}={value}" for name, value in asdict(self).items())

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return what a line of a log says, or None if it is not one of this app's."""
        found = MESSAGE.fullmatch(text.strip())
        if found is None:
            return None
        at, event, reason, status, remote, path = found.groups()
        try:
            datetime.fromisoformat(at)
        except ValueError:
            return None
        return cls(at, event, reason, int(status), remote, path)

    @property
    def time(self) -> datetime:
        """When it was written."""
        return datetime.fromisoformat(self.at)


def now() -> str:
    """Return the time as lines hold it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
