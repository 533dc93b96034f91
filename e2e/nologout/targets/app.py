"""An app as data: what a person sees and clicks, what its requests are for, where its tokens travel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

import msgspec

if TYPE_CHECKING:
    from nologout.model.history import Role

_OVERDUE_S = 300
_JUST_OVER_S = 1
# Within the buffer of a client that renews a minute early, and long enough to play what follows.
_LAST_CHANCE_S = 55


class Marks(msgspec.Struct, frozen=True):
    """CSS selectors of what a person sees: one visible only when signed in, one only when signed out."""

    signed_in: str
    signed_out: str
    words: str = "body"


class FormStep(msgspec.Struct, frozen=True):
    """One step of signing in: `fill` with a `value`, `click`, `wait` (all selectors), or `goto` an address."""

    fill: str = ""
    value: str = ""
    click: str = ""
    wait: str = ""
    goto: str = ""


class SignInForm(msgspec.Struct, frozen=True):
    """CSS selectors of the sign-in form (no `submit`: press Enter), and on which page it is (none: any).

    `steps`, or the Python file `script`, take the form's place.
    """

    username: str
    password: str
    submit: str
    path: str = ""
    steps: tuple[FormStep, ...] = ()
    script: str = ""


class Navigate(msgspec.Struct, frozen=True):
    """Go to a path inside the page, and back."""

    path: str


class FollowLink(msgspec.Struct, frozen=True):
    """Load a path by a link to it."""

    path: str


class NoteForm(msgspec.Struct, frozen=True):
    """CSS selectors of a form with which a user writes something of their own."""

    text: str
    submit: str


class TokenPlaces(msgspec.Struct, frozen=True):
    """Where tokens travel: JSON fields of bodies, or cookies; an empty name: not there.

    A field is a path with dots, and may name several, of which the first counts that is there: `access|data.token`.
    A cookie's name may end in `*`, which stands for any rest.
    """

    refresh_field: str = ""
    access_field: str = ""
    refresh_cookie: str = ""
    access_cookie: str = ""


class Paths(msgspec.Struct, frozen=True):
    """Paths on the app's server; `api` is a prefix, the others are exact. An empty `sign_in` is found by the password.

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

    `poke` is clicked (or done) for an authenticated request without a reload; `access_lifetime_s` is how long
    an access token lives, in seconds. `transport` says how the refresh token travels. A token that
    cannot be renewed once it has expired (`renews_late` is false) has to be renewed shortly before.
    `expiry`: an access token expires because clocks are moved, because one waits, or because the proxy spoils it.
    `popups`: a further tab is opened by another one, whose sessionStorage it inherits.
    `timers`: the periods, in seconds, of timers by which the page acts while nobody does anything.
    """

    marks: Marks
    form: SignInForm
    poke: str | Navigate | FollowLink
    sign_out: str
    paths: Paths
    places: TokenPlaces
    access_lifetime_s: float
    transport: str = "body"
    renews_late: bool = True
    note: NoteForm | None = None
    expiry: Literal["clock", "wait", "header"] = "clock"
    popups: bool = False
    timers: tuple[float, ...] = ()

    @property
    def renewal_due_s(self) -> float:
        """Return the age in seconds at which an access token surely needs to be renewed, and still can be."""
        if self.expiry == "wait":
            return self.access_lifetime_s + _JUST_OVER_S
        return self.access_lifetime_s + (_OVERDUE_S if self.renews_late else -_LAST_CHANCE_S)

    def role_of(self, method: str, url: str) -> Role:
        """Return what a request is for, by the path of its URL."""
        path = urlsplit(url).path or "/"
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
