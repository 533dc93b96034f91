"""An API that does everything right, as a probe would see it; and the same with something changed."""

from __future__ import annotations

from typing import Any

import msgspec

from nologout.diagnose.observed import Attempt, Clock, Cookie, Cors, Kept, Observed, Page, Paths, Race, Reply

HOUR_S, DAY_S = 3600, 86400
OK, REFUSED, TROUBLE = Reply(200), Reply(401, "json", "token_not_valid"), Reply(500, "html")
PAGE = "https://app.example"
COOKIE = Cookie("refresh", "/api/token/", http_only=True, secure=True, same_site="Strict", lives_s=7 * DAY_S)
CORS = Cors(
    PAGE,
    is_own=False,
    preflight_origin=PAGE,
    preflight_headers="authorization, content-type",
    preflight_credentials=True,
    reply_origin=PAGE,
    reply_credentials=True,
)
HIDDEN = Kept("HttpOnly cookie", "refresh", "refresh token", "JWT")
IN_MEMORY = Kept("memory", "", "access token", "JWT")
OPEN = Kept("localStorage", "refresh", "refresh token", "JWT")
AGAIN = Attempt(OK, granted=True, age_s=0.1, same=True)
REFUSAL = Attempt(REFUSED, granted=False, age_s=0.1)
FINE = Race((200, 200), 1)


def seen(**changed: Any) -> Observed:  # noqa: ANN401 - any field of Observed
    """Return the good API with these fields changed."""
    good = Observed(
        url="http://127.0.0.1:8000",
        paths=Paths("/api/token/", "/api/token/refresh/", "/api/token/verify/", "/api/token/blacklist/", "/api/me/"),
        access_s=HOUR_S,
        refresh_s=7 * DAY_S,
        rotates=True,
        extends=True,
        replays=(AGAIN, msgspec.structs.replace(AGAIN, age_s=12)),
        races=(FINE, FINE, FINE),
        others_ended=False,
        sign_in_ended_others=False,
        clock=Clock(0.2, 0.5, 0),
        bad_refresh=REFUSED,
        no_access=REFUSED,
        good_access=OK,
        bad_access=REFUSED,
        cors=CORS,
        sign_ins=3,
        requests=30,
        refused_at=("12:00:00", "12:00:02"),
    )
    return msgspec.structs.replace(good, **changed)


def in_cookie(**changed: Any) -> Observed:  # noqa: ANN401 - any field of Cookie
    """Return the good API with the refresh token in a cookie, whose attributes are changed."""
    return seen(transport="cookie", cookies=(msgspec.structs.replace(COOKIE, **changed),))


def in_both(**changed: Any) -> Observed:  # noqa: ANN401 - any field of Cookie
    """Return the good API with the refresh token in the body, and in a cookie too, whose attributes are changed."""
    return msgspec.structs.replace(in_cookie(**changed), transport="body")


def from_page(**changed: Any) -> Observed:  # noqa: ANN401 - any field of Cors
    """Return the good API with other leave for pages of another origin."""
    return seen(cors=msgspec.structs.replace(CORS, **changed))


def with_page(**changed: Any) -> Observed:  # noqa: ANN401 - any field of Page
    """Return the good API with a page that does everything right, but for what is changed."""
    url = "http://127.0.0.1:8000"
    good = Page(
        url=f"{url}/",
        signs_in_at=url,
        kept=(IN_MEMORY, HIDDEN),
        reload=True,
        second_tab=True,
        renews=True,
        renewal="GET /api/me/ was refused (401); POST /api/token/refresh/ brought another access token",
    )
    return seen(page=msgspec.structs.replace(good, **changed))
