"""What was seen of an app, as plain data. Tokens are in it, so nothing of it is ever shown."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

import msgspec

Act = str | tuple[Literal["navigate", "link"], str]


class _Hidden(msgspec.Struct, frozen=True):
    """Holds secrets, and shows none."""

    def __repr__(self) -> str:
        return type(self).__name__


class Cookie(_Hidden, frozen=True):
    """A cookie as a reply set it; `max_age` in seconds (none: until the browser is closed)."""

    name: str
    value: str
    http_only: bool = False
    max_age: float | None = None
    path: str = "/"


class Message(_Hidden, frozen=True, kw_only=True):
    """A request and its reply.

    `sent` and `brought` are the texts in the two bodies by their paths (`data.token`); `status` is none where nobody
    answered. `spoiled`: its access token had been made invalid on its way.
    """

    method: str = "GET"
    url: str
    status: int | None = 200
    kind: Literal["document", "data", "asset"] = "data"
    bearer: str = ""
    cookies: dict[str, str] = {}
    sent: dict[str, str] = {}
    brought: dict[str, str] = {}
    set: tuple[Cookie, ...] = ()
    has_password: bool = False
    spoiled: bool = False

    @property
    def path(self) -> str:
        """Return the path without its query."""
        return urlsplit(self.url).path or "/"

    @property
    def origin(self) -> str:
        """Return scheme, host and port."""
        split = urlsplit(self.url)
        return f"{split.scheme}://{split.netloc}"

    @property
    def served(self) -> bool:
        """Tell whether the app did what was asked."""
        return self.status is not None and (self.status < 300 or self.status == 304)

    @property
    def refused(self) -> bool:
        """Tell whether the app wanted a sign-in."""
        return self.status in {401, 403}


class Element(msgspec.Struct, frozen=True):
    """A visible element that a selector names; `words` are a button's or a link's own.

    `kind` is what the selector is made of; `href` is where a link leads, inside the app.
    """

    selector: str
    kind: Literal["id", "test", "tag", "name", "class", "text"]
    tag: str
    words: str = ""
    holds_password: bool = False
    in_form: bool = False
    href: str = ""


class Form(msgspec.Struct, frozen=True):
    """The sign-in form: where it is, and stable selectors of its fields; an empty one where there is none."""

    path: str
    username: str
    password: str
    submit: str
    has_button: bool


class Rest(_Hidden, frozen=True):
    """Where a token rests in the browser: which place, under which key."""

    token: str
    place: Literal["localStorage", "sessionStorage", "indexedDB", "cookie"]
    key: str


class Tried(msgspec.Struct, frozen=True):
    """An act that might need the session, and what it brought."""

    act: Act
    messages: tuple[Message, ...]


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """Everything, in the order in which it was tried; `None`: not tried, or not to be told.

    `jar` are the browser's cookies after the sign-in, `left_jar` those at the end; `everything` went to and fro.
    `page` is the path on which a sign-in ends, `stranger` what somebody who is not signed in sees there. `free` are
    the URLs of the API that are served to anybody, `refused` those that are not; `idle` is what the page asked for by
    itself, a minute of its time after the other; `left_out` is what could not be tried to its end, and why.
    """

    base_url: str
    page: str
    form: Form
    stranger: tuple[Element, ...] = ()
    inside: tuple[Element, ...] = ()
    earlier: frozenset[str] = frozenset()
    signing_in: tuple[Message, ...] = ()
    rests: tuple[Rest, ...] = ()
    jar: tuple[Cookie, ...] = ()
    tried: tuple[Tried, ...] = ()
    free: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    reloaded: tuple[Message, ...] = ()
    kept_by_reload: bool | None = None
    kept_by_new_tab: bool | None = None
    kept_by_opened_tab: bool | None = None
    expired: tuple[Message, ...] = ()
    kept_by_expiry: bool | None = None
    sign_out: str = ""
    signing_out: tuple[Message, ...] = ()
    signed_out: bool | None = None
    idle: tuple[tuple[Message, ...], ...] = ()
    left_jar: tuple[Cookie, ...] = ()
    everything: tuple[Message, ...] = ()
    blocked: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def messages(self) -> tuple[Message, ...]:
        """Return all that went to and fro from the sign-in on, but for the sign-out."""
        acts = tuple(message for tried in self.tried for message in tried.messages)
        return (*self.signing_in, *acts, *self.reloaded, *self.expired)
