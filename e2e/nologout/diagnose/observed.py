"""What a probe has seen of an API: plain data without any token, from which the rules tell what is wrong."""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec.structs import astuple

Kind = Literal["json", "html", "other", "empty"]
Place = Literal["localStorage", "sessionStorage", "IndexedDB", "HttpOnly cookie", "script-visible cookie", "memory"]
TOKENS = ("access token", "refresh token", "sliding token")
# Answers that say "this token is no good"; others are trouble, or a page.
_REFUSALS = frozenset({400, 401, 403, 409, 422})


class Reply(msgspec.Struct, frozen=True):
    """One answer, without its tokens: status, what its body is, the body's `code`, where it redirects to."""

    status: int
    kind: Kind = "json"
    code: str = ""
    location: str = ""

    @property
    def refuses(self) -> bool:
        """Tell whether the answer turns the token down, rather than being trouble or a page."""
        return self.status in _REFUSALS

    def __str__(self) -> str:
        what = {"html": "a page of HTML", "other": "no JSON", "empty": "no body", "json": ""}[self.kind]
        further = (self.code, what, f"to {self.location}" if self.location else "")
        return " ".join((str(self.status), *filter(None, further)))


class Attempt(msgspec.Struct, frozen=True):
    """A used refresh token presented again, `age_s` after its first use.

    `granted`: it brought an access token. `same`: it brought the same refresh token as the first use did.
    """

    reply: Reply
    granted: bool
    age_s: float = 0
    same: bool | None = None


class Race(msgspec.Struct, frozen=True):
    """Two refreshes with one token: their statuses, and how many different successors they brought.

    `at_once`: each was asked for before the other was answered; else there was no race.
    """

    statuses: tuple[int, ...]
    successors: int
    at_once: bool = True


class Clock(msgspec.Struct, frozen=True):
    """The server's clock: seconds ahead of ours, give or take; and of tokens' `iat` ahead of the Date header."""

    ahead_s: float
    within_s: float
    iat_ahead_s: float | None = None


class Cookie(msgspec.Struct, frozen=True):
    """A cookie that holds a refresh token; `lives_s` None: until the browser closes."""

    name: str
    path: str
    http_only: bool
    secure: bool
    same_site: str
    lives_s: float | None


class Cors(msgspec.Struct, frozen=True):
    """What pages of another origin may do: from the preflight of a refresh, and from a refresh itself."""

    origin: str
    is_own: bool
    preflight_origin: str = ""
    preflight_headers: str = ""
    preflight_credentials: bool = False
    reply_origin: str = ""
    reply_credentials: bool = False


class Paths(msgspec.Struct, frozen=True):
    """Where the endpoints are; an empty text: not found."""

    sign_in: str
    refresh: str
    verify: str = ""
    sign_out: str = ""
    api: str = ""

    def or_else(self, other: Paths) -> Paths:
        """Return these, and another's where one of them is not known."""
        return Paths(*(ours or theirs for ours, theirs in zip(astuple(self), astuple(other), strict=True)))


class Kept(msgspec.Struct, frozen=True):
    """Where the page keeps a token: the place, its key (ids in it are stars), which token, and whether it is a JWT.

    `memory`: in no storage that could be read.
    """

    place: Literal["localStorage", "sessionStorage", "IndexedDB", "HttpOnly cookie", "script-visible cookie", "memory"]
    key: str
    token: Literal["access token", "refresh token", "sliding token"]
    form: Literal["JWT", "opaque"]

    @property
    def is_readable(self) -> bool:
        """Tell whether any script of the page can read it there."""
        return self.place not in {"HttpOnly cookie", "memory"}

    def __str__(self) -> str:
        return f"{self.place} {self.key}".strip()


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What a real browser saw of the app's page; None: not to be told.

    `kept`: where tokens rest after a sign-in. `reload`, `second_tab` (opened by itself), `opened_tab` (opened by the
    first): still signed in. `renews`: an access token that was refused on its way brought another and the page went
    on, or (False) the page showed the sign-in form; `renewal` says what was asked then. `signs_in_at` is the origin
    that the form's password went to.
    """

    url: str
    signs_in_at: str = ""
    kept: tuple[Kept, ...] = ()
    reload: bool | None = None
    second_tab: bool | None = None
    opened_tab: bool | None = None
    renews: bool | None = None
    renewal: str = ""
    left_out: tuple[str, ...] = ()

    def kept_in(self, *tokens: str) -> str:
        """Return the places of these tokens in words."""
        return "; ".join(f"{each.token} in {each}" for each in self.kept if each.token in tokens)


class Metrics(msgspec.Struct, frozen=True, kw_only=True):
    """Which counters of a monitoring moved: with a refused refresh, with a granted one, and during the whole probe.

    `why`: what keeps this from being told; then the counters show nothing.
    """

    url: str
    refused: tuple[str, ...] = ()
    granted: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    why: str = ""

    @property
    def tells_apart(self) -> bool:
        """Tell whether they give a rate of success: a counter of refreshes moves with one kind alone."""
        one_alone = {*self.refused} ^ {*self.granted}
        return bool(self.refused and self.granted) and any("refresh" in each.lower() for each in one_alone)


class Observed(msgspec.Struct, kw_only=True):
    """All that one probe saw; None, or nothing in it: not looked at, or not to be told.

    `tokens`: a pair, or one sliding token. `transport`: how the refresh token travels. `extends`: a refresh moves
    the session's end. `replays`: a used token again, first at once (a lost reply), then later. `newest_lives`: whether
    the newest token still refreshed after a refused replay. `old`: a token two generations old. `others_ended`: a
    further session of the user's ended when a used token came; `sign_in_ended_others`: when the user signed in once
    more. `no_access`, `good_access`, `bad_access`: what a protected path answers without a token, with one, and with
    a forged one. `page`: what the app's page was seen to do; `page_untold`: why nothing was. `metrics`: what its
    monitoring counted. Times are in seconds.
    """

    url: str
    paths: Paths
    tokens: Literal["pair", "sliding"] = "pair"
    transport: Literal["body", "cookie"] = "body"
    access_s: float | None = None
    refresh_s: float | None = None
    rotates: bool | None = None
    extends: bool | None = None
    replays: tuple[Attempt, ...] = ()
    newest_lives: bool | None = None
    races: tuple[Race, ...] = ()
    old: Attempt | None = None
    old_ended_session: bool | None = None
    others_ended: bool | None = None
    sign_in_ended_others: bool | None = None
    clock: Clock | None = None
    bad_refresh: Reply | None = None
    no_access: Reply | None = None
    good_access: Reply | None = None
    bad_access: Reply | None = None
    cookies: tuple[Cookie, ...] = ()
    cors: Cors | None = None
    cache_control: str = ""
    throttling: tuple[str, ...] = ()
    sign_ins: int = 0
    requests: int = 0
    refused_at: tuple[str, ...] = ()
    left_signed_in: int = 0
    gentle: bool = False
    page: Page | None = None
    page_untold: str = ""
    metrics: Metrics | None = None
    stopped: str = ""

    @property
    def api_is_protected(self) -> bool:
        """Tell whether the API's path serves who holds a good token, and not everybody."""
        served, everybody = self.good_access, self.no_access
        if served is None or everybody is None or served.status != 200:
            return False
        return everybody.status != 200 or everybody.kind != "json"

    @property
    def has_raced(self) -> bool:
        """Tell whether two refreshes were under way at once."""
        return any(race.at_once for race in self.races)

    @property
    def reuse_is_told(self) -> bool:
        """Tell whether it is known what a used refresh token is answered, or that none is ever used up."""
        return self.rotates is False or (bool(self.replays) and self.has_raced)
