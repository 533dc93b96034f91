"""One result and one run, as they stand in `report.json`."""

from __future__ import annotations

import msgspec

from nologout.model.history import AnyEvent  # noqa: TC001 - msgspec resolves it at run time
from nologout.model.verdict import Outcome, Side, VerdictWord  # noqa: TC001 - likewise

SCHEMA_VERSION = 1


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """One cell (client x profile x scenario x variant): what was expected and what came of it.

    `summary` says in a sentence what happens in the scenario.
    `expected` is empty where the cell must pass; else it is the reason why it is known to fail.
    `why`, `evidence` and `repeat` are for people: the finding in a sentence, what shows it, and the
    command that plays this cell alone. `seconds` counts the whole cell, the oracle included.
    `client_side_only`: long times passed for the browser, and the server's clock stood still.
    """

    scenario: str
    group: str
    client: str
    profile: str
    transport: str
    variant: str
    verdict: VerdictWord
    summary: str = ""
    expected: str = ""
    outcome: Outcome = ""
    cause: str = ""
    side: Side = ""
    remedy: str = ""
    seconds: float = 0.0
    why: str = ""
    evidence: str = ""
    repeat: str = ""
    client_side_only: bool = False
    history: tuple[AnyEvent, ...] = ()

    @property
    def as_expected(self) -> bool:
        """Tell whether the verdict is the one that was written down before."""
        return self.verdict in {"fail" if self.expected else "pass", "skipped"}

    @property
    def failed(self) -> bool:
        """Tell whether it failed without having been expected to, or passed although it was."""
        return self.verdict in {"pass", "fail"} and not self.as_expected

    @property
    def cell(self) -> str:
        """Return the cell's name within its client, e.g. `lost_response[stock]`."""
        return f"{self.scenario}[{self.profile}{'-' + self.variant if self.variant else ''}]"


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """A whole run, or one shard of it (`2/4`); `wall_s` is in seconds.

    `origins` are the addresses of an app that is somebody else's, page and API; `began` is in UTC, ISO 8601.
    """

    schema: int = SCHEMA_VERSION
    nologout: str
    target: str
    browser: str
    world: str
    clock: str
    wall_s: float
    shard: str = ""
    origins: tuple[str, ...] = ()
    began: str = ""
    results: tuple[Result, ...]
