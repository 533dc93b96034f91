"""What `nologout.toml` may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from nologout.targets.config.rules import a_certificate, a_proxy, an_address, an_origin, headers, hosts
from nologout.targets.config.tables import (
    LONGEST_WAIT_S,
    Credentials,
    Expire,
    Limits,
    Marks,
    Poke,
    Seconds,
    Server,
    SignIn,
    SignOut,
    Table,
    Tokens,
)

if TYPE_CHECKING:
    from nologout.targets.config.rules import Problems


class Config(Table, frozen=True):
    """An app under test, as `nologout.toml` describes it."""

    base_url: Annotated[
        str, Meta(extra={"rule": an_origin}, description="where the app is, e.g. http://127.0.0.1:8000")
    ]
    expire: Annotated[Expire, Meta(description="how an access token is brought to its end")]
    credentials: Annotated[Credentials | None, Meta(description="the account; or [[accounts]] for several")] = None
    accounts: Annotated[
        tuple[Credentials, ...], Meta(description="accounts that nobody else uses; two of each process of a run")
    ] = ()
    protected_path: Annotated[str, Meta(pattern="^/", description="page that needs sign-in")] = "/"
    deep_link: Annotated[str, Meta(description="path of a link that leads into the app, as one in a mail")] = ""
    refresh_url: Annotated[
        str, Meta(extra={"rule": an_address}, description="address of the refresh: path or URL; may hold `*`")
    ] = "*refresh*"
    api: Annotated[
        str,
        Meta(
            min_length=1,
            extra={"rule": an_address},
            description="what needs a sign-in: beginning of the paths, or of the URLs",
        ),
    ] = "/api/"
    poke: Annotated[
        str | Poke,
        Meta(description="an act that needs the session, without a reload: selector, {navigate = path}, {link = path}"),
    ] = Poke(navigate="/")
    tabs: Annotated[
        Literal["new", "window.open"],
        Meta(description="how one more tab is opened; `window.open` where the session is in sessionStorage"),
    ] = "new"
    timers: Annotated[
        tuple[Seconds, ...],
        Meta(description="periods, in seconds, of timers by which the page renews or polls; they tick as time passes"),
    ] = ()
    external_hosts: Annotated[
        tuple[str, ...],
        Meta(
            extra={"rule": hosts},
            description="other hosts that pages may reach (`host` or `host:port`); the rest is blocked",
        ),
    ] = ()
    ca_file: Annotated[
        str,
        Meta(
            extra={"rule": a_certificate},
            description="certificates to trust beside the system's (PEM), from the file's folder",
        ),
    ] = ""
    upstream_proxy: Annotated[str, Meta(extra={"rule": a_proxy}, description="HTTP proxy that leads to the app")] = ""
    server: Annotated[Server | None, Meta(description="how to start the app; without it, it must be running")] = None
    sign_in: Annotated[SignIn, Meta(description="how a person signs in")] = SignIn()
    sign_out: Annotated[SignOut | None, Meta(description="how a person signs out")] = None
    marks: Annotated[Marks, Meta(description="what a person sees when signed in, and when signed out")] = Marks()
    tokens: Annotated[Tokens, Meta(description="where tokens travel and rest")] = Tokens()
    limits: Annotated[Limits, Meta(description="how hard nologout may press the app")] = Limits()
    basic_auth: Annotated[Credentials | None, Meta(description="HTTP Basic authentication before the app")] = None
    headers: Annotated[
        dict[str, str], Meta(extra={"rule": headers}, description="headers added to each request of the browser")
    ] = {}  # noqa: RUF012 - msgspec makes a new one for each

    def problems(self) -> Problems:
        """Yield what does not go together."""
        yield from self._of_accounts()
        yield from self._of_expiry()

    def _of_accounts(self) -> Problems:
        if bool(self.credentials) == bool(self.accounts):
            hint = 'e.g. [credentials] username = "APP_USERNAME", password = "APP_PASSWORD"'
            yield ("credentials",), "either [credentials] or [[accounts]] must say who signs in", hint

    def _of_expiry(self) -> Problems:
        if self.timers and self.expire.how != "clock":
            hint = '`how = "clock"` alone moves the time of the page; without it, its timers go by real time'
            yield ("timers",), f"would do nothing with `expire.how = {self.expire.how!r}`", hint
        if self.expire.how != "server":
            return
        if self.server is None:
            hint = "add [server]: command, environment"
            yield ("expire", "how"), "`server` needs nologout to start the app", hint
        if self.expire.access_lifetime_s > LONGEST_WAIT_S:
            hint = f"have tokens live {LONGEST_WAIT_S} s at most, and say so here"
            yield ("expire", "access_lifetime_s"), "is too long to wait for", hint
