"""The target protocol: what the harness must know of an app, and what it may ask of it.

The data (`App`) is enough to drive any app in a browser. The operations are optional: a target
that cannot do one lacks the capability of that name, and scenarios that need it are skipped by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from nologout.errors import Unsupported

if TYPE_CHECKING:
    from pathlib import Path

    from nologout.model.history import Role, ServerSession


_OVERDUE_S = 300
_JUST_OVER_S = 1
# Within the buffer of a client that renews a minute early, and long enough to play what follows.
_LAST_CHANCE_S = 55


class Marks(msgspec.Struct, frozen=True):
    """CSS selectors of what a person sees: one visible only when signed in, one only when signed out."""

    signed_in: str
    signed_out: str
    words: str = "body"


class SignInForm(msgspec.Struct, frozen=True):
    """CSS selectors of the sign-in form."""

    username: str
    password: str
    submit: str


class NoteForm(msgspec.Struct, frozen=True):
    """CSS selectors of a form with which a user writes something of their own."""

    text: str
    submit: str


class TokenPlaces(msgspec.Struct, frozen=True):
    """Where tokens travel: JSON fields of bodies, or cookies; an empty name: not there.

    A cookie's name may end in `*`, which stands for any rest.
    """

    refresh_field: str = ""
    access_field: str = ""
    refresh_cookie: str = ""
    access_cookie: str = ""


class Paths(msgspec.Struct, frozen=True):
    """Paths on the app's server; `api` is a prefix, the others are exact.

    `deep` is added to `page` for a link that leads into the app, as one in a mail does.
    """

    page: str
    sign_in: str
    refresh: str
    sign_out: str
    api: str
    deep: str = ""


class App(msgspec.Struct, frozen=True):
    """An app as data: marks, form, what to click, paths, tokens.

    `poke` is clicked for an authenticated request without a reload; `access_lifetime_s` is how long
    an access token lives, in seconds. `transport` says how the refresh token travels. A token that
    cannot be renewed once it has expired (`renews_late` is false) has to be renewed shortly before.
    `expiry`: an access token expires because clocks are moved, because one waits, or because the proxy spoils it.
    """

    marks: Marks
    form: SignInForm
    poke: str
    sign_out: str
    paths: Paths
    places: TokenPlaces
    access_lifetime_s: float
    transport: str = "body"
    renews_late: bool = True
    note: NoteForm | None = None
    expiry: Literal["clock", "wait", "header"] = "clock"

    @property
    def renewal_due_s(self) -> float:
        """Return the age in seconds at which an access token surely needs to be renewed, and still can be."""
        if self.expiry == "wait":
            return self.access_lifetime_s + _JUST_OVER_S
        return self.access_lifetime_s + (_OVERDUE_S if self.renews_late else -_LAST_CHANCE_S)

    def role_of(self, method: str, path: str) -> Role:
        """Return what a request is for, by its path."""
        exact: dict[str, Role] = {
            self.paths.sign_in: "sign_in",
            self.paths.refresh: "refresh",
            self.paths.sign_out: "sign_out",
        }
        if method not in {"GET", "HEAD", "OPTIONS"} and path in exact:
            return exact[path]
        if path.startswith(self.paths.api):
            return "api"
        return "page" if method == "GET" else "other"


class Launch(msgspec.Struct, frozen=True):
    """How to start the app: commands with `{fd}` for the listening socket's number, folder, environment."""

    command: tuple[str, ...]
    folder: str
    environment: dict[str, str]
    prepare: tuple[tuple[str, ...], ...] = ()
    ready_path: str = "/"


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

    def launch(self, state: Path) -> Launch:
        """Return how to start the app, keeping its files in the folder `state`."""
        raise NotImplementedError

    def new_user(self, base_url: str) -> Credentials:
        """Return a user that no other scenario uses."""
        raise NotImplementedError

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
