"""The target protocol: what the harness may ask of an app, and how it gets there.

The data (`App`) is enough to drive any app in a browser. The operations are optional: a target
that cannot do one lacks the capability of that name, and scenarios that need it are skipped by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import msgspec

from nologout.errors import Unsupported

if TYPE_CHECKING:
    from pathlib import Path

    from nologout.model.history import ServerSession
    from nologout.targets.app import App


class Launch(msgspec.Struct, frozen=True):
    """How to start the app: commands with `{fd}` for the listening socket's number, folder, environment.

    An app with a `base_url` listens there by itself; without a command it runs already.
    """

    command: tuple[str, ...]
    folder: str
    environment: dict[str, str]
    prepare: tuple[tuple[str, ...], ...] = ()
    ready_path: str = "/"
    base_url: str = ""
    ready_within_s: float = 30


class Reach(msgspec.Struct, frozen=True):
    """How the proxy gets to an app beyond its base URL.

    `origins` are further ones of the app's own; `hosts` are others that its pages may reach; `ca_file` holds
    certificates to trust; `headers` and `basic` (the secret of HTTP Basic) are added to requests to the app.
    `allowed` are the hosts beyond this machine that may be disturbed.
    """

    origins: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    ca_file: str = ""
    upstream_proxy: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    basic: str = ""
    allowed: tuple[str, ...] = ()

    @property
    def stands(self) -> bool:
        """Tell whether the app listens at an address of its own."""
        return bool(self.origins)

    def __repr__(self) -> str:
        return f"Reach({self.origins!r})"


class Pacing(Protocol):
    """Holds the harness back before it acts on an app that is somebody else's."""

    def before_act(self) -> None:
        """Wait until the app may be acted on again."""

    def before_sign_in(self) -> None:
        """Wait until somebody may sign in again."""


class Credentials(msgspec.Struct, frozen=True):
    """A user of the app; the password is never written down."""

    username: str
    password: str

    def __repr__(self) -> str:
        return f"Credentials({self.username!r})"


class Target:
    """An app under test; subclasses give `name`, `app`, `capabilities` and what they can do."""

    name: str
    profile: str
    client: str
    app: App
    capabilities: frozenset[str]
    reach: Reach = Reach()
    pace: Pacing | None = None
    # How many may play at once, each with users of its own.
    processes = 64
    # A foreign app is rehearsed once before anything is played.
    is_known = True
    # The slowest answer that its rehearsal met, in seconds.
    slowest_s = 0.0
    # Beyond the usual: how time was made to pass, for the report.
    time_words: str = ""

    def launch(self, state: Path) -> Launch:
        """Return how to start the app, keeping its files in the folder `state`."""
        raise NotImplementedError

    def new_user(self, base_url: str, taken: int = 0) -> Credentials:
        """Return a user that no other scenario uses; this one has `taken` so many before."""
        raise NotImplementedError

    def welcome(self) -> None:
        """Return if the app may (still) be played against; else raise `Unwelcome`."""

    def give_up(self, reason: str) -> None:
        """Hear that nothing more should be played against the app."""
        del reason

    def move_clock(self, base_url: str, offset_s: float) -> float:
        """Set the server's clock so many seconds from real time; return its "now" in unix seconds."""
        del base_url, offset_s
        raise Unsupported("server_clock")

    def sessions(self, base_url: str, username: str) -> tuple[ServerSession, ...] | None:
        """Return the user's sessions as the server tells them, or None when it cannot be asked."""
        del base_url, username
        return None

    def change_password(self, base_url: str, user: Credentials) -> None:
        """Give the user another password, as an administrator would."""
        del base_url, user
        raise Unsupported("accounts")

    def deactivate(self, base_url: str, user: Credentials) -> None:
        """Bar the user from the app, as an administrator would."""
        del base_url, user
        raise Unsupported("accounts")

    def accepts(self, base_url: str, user: Credentials) -> bool:
        """Tell whether the server would let the user sign in with this password."""
        del base_url, user
        raise Unsupported("accounts")

    def expected_failures(self) -> dict[str, str]:
        """Return the cells known to fail, by hand: `scenario` or `scenario[variant]` to the reason."""
        return {}
