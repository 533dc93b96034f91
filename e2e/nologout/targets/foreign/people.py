"""The accounts of an app: their names and passwords come from the environment, and are nobody else's during a run."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from nologout.errors import Unsupported, UsageError
from nologout.redact import learn
from nologout.targets.target import Credentials

if TYPE_CHECKING:
    from nologout.targets.config import Config
    from nologout.targets.config.tables import Credentials as Named

# A scenario may need two people.
FOR_EACH_PROCESS = 2


class People:
    """The accounts that one process of a run may use, in turn."""

    def __init__(self, accounts: tuple[Credentials, ...], worker: int = 0, workers: int = 1) -> None:
        share = accounts[worker::workers] or accounts
        self._share = share
        self._turn = 0

    def next(self, taken: int) -> Credentials:
        """Return an account that the scenario, which has `taken` so many, does not have yet.

        Raises:
            Unsupported: There are no more accounts.
        """
        if taken >= len(self._share):
            raise Unsupported("second account" if taken == 1 else "further account")
        found = self._share[self._turn % len(self._share)]
        self._turn += 1
        return found


def accounts_of(config: Config, name: str) -> tuple[Credentials, ...]:
    """Return the accounts that a configuration names.

    Raises:
        UsageError: An environment variable is not set.
    """
    named = config.accounts or ((config.credentials,) if config.credentials else ())
    return tuple(from_environment(each, name) for each in named)


def from_environment(named: Named, name: str) -> Credentials:
    """Return a name and a password from the variables that are named.

    Raises:
        UsageError: One of them is not set; what the file says is repeated for neither, for it may be a password.
    """
    missing = [what for what in ("username", "password") if not os.environ.get(getattr(named, what))]
    if missing:
        whose = " and ".join(f"`{what}`" for what in missing)
        hint = "export them before the run; in CI, from its store of secrets"
        raise UsageError(f"{name}: the environment variables that {whose} name are not set, or empty", hint=hint)
    found = Credentials(os.environ[named.username], os.environ[named.password])
    learn(found.password)
    return found
