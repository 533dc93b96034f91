"""The tables of `nologout.toml`, a struct each. The descriptions are its documentation everywhere.

They stand in the published JSON Schema, in the comments of a file that `write_config` writes, and here.
Secrets never stand in the file: it names the environment variables that hold them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

from nologout.targets.config.patterns import EMAIL_OR_NAME, LOOKS_SIGNED_IN, PASSWORD_FIELD, SUBMIT
from nologout.targets.config.rules import (
    a_file,
    a_folder,
    a_path,
    an_address,
    exactly_one,
)

if TYPE_CHECKING:
    from nologout.targets.config.rules import Problems

LONGEST_WAIT_S = 60

Seconds = Annotated[float, Meta(gt=0)]
Variable = Annotated[str, Meta(pattern="^[A-Za-z_][A-Za-z0-9_]*$")]


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Any table of the file; an `inline` one is written on one line."""

    inline: ClassVar[bool] = False

    def problems(self) -> Problems:
        """Yield what does not go together: key, what, hint."""
        yield from ()


class Credentials(Table, frozen=True):
    """Names of the environment variables that hold one account's name and password."""

    username: Annotated[Variable, Meta(description="environment variable that holds the user's name")]
    password: Annotated[Variable, Meta(description="environment variable that holds the password")]


class Server(Table, frozen=True):
    """How nologout starts the app; without it the app must be running. It is started once a run, and stopped."""

    command: Annotated[tuple[str, ...], Meta(min_length=1, description="program and arguments, run without a shell")]
    folder: Annotated[str, Meta(extra={"rule": a_folder}, description="folder it is run in, from the file's own")] = "."
    environment: Annotated[
        dict[str, str], Meta(description="environment variables set for it, e.g. a short access lifetime")
    ] = {}
    ready_path: Annotated[str, Meta(pattern="^/", description="path that answers as soon as the app is up")] = "/"
    ready_within_s: Annotated[Seconds, Meta(description="how long it may take to start")] = 60


class Expire(Table, frozen=True):
    """How an access token is brought to its end.

    `server`: the app issues access tokens that live for seconds, and nologout waits. The most faithful way.
    `header`: the proxy makes the token invalid on its way until the app has refreshed. Works on any app, but
    clients that look at `exp` think it good, and act on the 401 alone.
    `clock`: the browser's clock and cookies move, the server's does not. For cookies with a Max-Age only.
    """

    how: Annotated[Literal["server", "header", "clock"], Meta(description="`server`, `header` or `clock`")]
    access_lifetime_s: Annotated[
        Seconds, Meta(description="how long an access token lives; `server` waits so long, so at most 60 there")
    ] = 300


class Step(Table, frozen=True):
    """One step of signing in: exactly one of `fill` (with `value`), `click`, `wait` and `goto`."""

    inline: ClassVar[bool] = True

    fill: Annotated[str, Meta(description="selector of a field to type `value` into")] = ""
    value: Annotated[str, Meta(description="`{username}`, `{password}`, `{env:NAME}` or plain words")] = ""
    click: Annotated[str, Meta(description="selector to click")] = ""
    wait: Annotated[str, Meta(description="selector that must be visible before it goes on")] = ""
    goto: Annotated[str, Meta(description="path, or address, to open")] = ""

    def problems(self) -> Problems:
        """Yield what does not go together."""
        yield from exactly_one(self, "fill", "click", "wait", "goto")
        if bool(self.fill) != bool(self.value):
            yield ("value",), "`fill` and `value` go together", '{ fill = "#user", value = "{username}" }'


class SignIn(Table, frozen=True):
    """How a person signs in: a form, or steps, or a script of your own."""

    path: Annotated[
        str, Meta(extra={"rule": a_path}, description="page with the form, if `protected_path` does not lead there")
    ] = ""
    username: Annotated[str, Meta(description="selector of the field for the name")] = EMAIL_OR_NAME
    password: Annotated[str, Meta(description="selector of the field for the password")] = PASSWORD_FIELD
    submit: Annotated[str, Meta(description="selector of the button; empty: press Enter")] = SUBMIT
    steps: Annotated[tuple[Step, ...], Meta(description="in the form's place: fill, click, wait, goto, in turn")] = ()
    script: Annotated[
        str,
        Meta(
            extra={"rule": a_file}, description="in the form's place (SSO): a Python file with `sign_in(page, account)`"
        ),
    ] = ""
    url: Annotated[
        str,
        Meta(
            extra={"rule": an_address},
            description="address that the form is sent to; empty: whatever carries the password",
        ),
    ] = ""

    def problems(self) -> Problems:
        """Yield what does not go together."""
        if self.steps and self.script:
            yield ("script",), "`steps` and `script` exclude each other", "keep one of them"


class Marks(Table, frozen=True):
    """What a person sees: something that is visible only when signed in, something only when signed out."""

    signed_in: Annotated[str, Meta(min_length=1, description="selector visible only when signed in")] = LOOKS_SIGNED_IN
    signed_out: Annotated[str, Meta(min_length=1, description="selector visible only when signed out")] = PASSWORD_FIELD
    words: Annotated[str, Meta(description="selector of what the page says of the session")] = "body"

    def problems(self) -> Problems:
        """Yield what does not go together."""
        if self.signed_in.strip() == self.signed_out.strip():
            hint = "name what only somebody signed in sees, and what only somebody signed out sees"
            yield ("signed_out",), "is the same as `signed_in`, so it tells nothing", hint


class Tokens(Table, frozen=True):
    """Where tokens travel and rest. A name may hold `*`. Bearer headers are always read."""

    refresh_field: Annotated[str, Meta(description="JSON field of the refresh token")] = ""
    access_field: Annotated[str, Meta(description="JSON field of the access token")] = ""
    refresh_cookie: Annotated[str, Meta(description="cookie of the refresh token")] = ""
    access_cookie: Annotated[str, Meta(description="cookie of the access token, or of the session")] = ""
    stored_in: Annotated[
        tuple[Literal["localStorage", "sessionStorage", "indexedDB", "cookie", "memory"], ...],
        Meta(description="where scripts keep them; decides whether faults of storage can be played"),
    ] = ()
    rotates: Annotated[bool, Meta(description="true: each refresh brings a new refresh token")] = True
    reuse_detection: Annotated[
        bool, Meta(description="true: a refresh token that is used twice ends the whole session")
    ] = False


class SignOut(Table, frozen=True):
    """How a person signs out."""

    click: Annotated[str, Meta(min_length=1, description="selector to click")]
    url: Annotated[str, Meta(extra={"rule": an_address}, description="address that it is sent to")] = ""


class Poke(Table, frozen=True):
    """An act that needs the session and clicks nothing: exactly one of `navigate` and `link`."""

    inline: ClassVar[bool] = True

    navigate: Annotated[
        str, Meta(extra={"rule": a_path}, description="path to go to inside the page, by pushState and popstate")
    ] = ""
    link: Annotated[str, Meta(extra={"rule": a_path}, description="path to load by following a link to it")] = ""

    def problems(self) -> Problems:
        """Yield what does not go together."""
        yield from exactly_one(self, "navigate", "link")


class Limits(Table, frozen=True):
    """How hard nologout may press the app."""

    sign_ins: Annotated[int, Meta(gt=0, description="most sign-ins of a run; further scenarios are not played")] = 200
    sign_ins_per_minute: Annotated[Seconds, Meta(description="most sign-ins in a minute")] = 60
    acts_per_second: Annotated[Seconds, Meta(description="most acts of a person (clicks, loads) in a second")] = 20
