"""Reads from tokens and headers what needs no further question."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from nologout.diagnose.names import shown_name
from nologout.diagnose.observed import Clock, Cookie, Cors
from nologout.diagnose.tokens import claims, cookies_in, end_of, lifetime

if TYPE_CHECKING:
    from http.cookies import Morsel

    from nologout.diagnose.observed import Observed
    from nologout.diagnose.tokens import Tokens
    from nologout.diagnose.wire import Answer


def of_sign_in(observed: Observed, tokens: Tokens, answer: Answer) -> None:
    """Write down lifetimes, transport, cookies, caching and the clock."""
    observed.tokens = "sliding" if tokens.sliding else "pair"
    observed.transport = "cookie" if tokens.cookie else "body"
    observed.access_s = lifetime(tokens.access)
    observed.refresh_s = lifetime(tokens.refresh, renewal=tokens.sliding)
    observed.cookies = tuple(_cookie(each) for each in cookies_in(answer) if each.value == tokens.refresh)
    observed.cache_control = answer.headers.get("Cache-Control", "")
    observed.clock = clock(answer, tokens.access)


def of_refresh(observed: Observed, before: Tokens, after: Tokens, answer: Answer) -> None:
    """Write down whether the refresh token rotates, and whether the session's end moves with it."""
    observed.rotates = after.refresh != before.refresh and not after.sliding
    ends = end_of(before.refresh), end_of(after.refresh)
    if ends[0] is not None and ends[1] is not None:
        observed.extends = ends[1] > ends[0]
    observed.cache_control = answer.headers.get("Cache-Control", observed.cache_control)


def clock(answer: Answer, token: str) -> Clock | None:
    """Return how the server's clock goes, as its Date header and the token's `iat` say it, in whole seconds."""
    date = answer.date
    if date is None:
        return None
    # Date is cut to whole seconds, and was written at some time between question and answer.
    middle, within = answer.at + answer.took_s / 2, 0.5 + answer.took_s / 2
    issued = claims(token).get("iat")
    iat_ahead = round(issued - date, 1) if isinstance(issued, int | float) else None
    return Clock(round(date + 0.5 - middle, 1), round(within, 1), iat_ahead)


def cors(preflight: Answer, reply: Answer, origin: str, *, is_own: bool) -> Cors:
    """Return what the two answers allow to pages of an origin."""
    allowed, said = "Access-Control-Allow-", {"true"}
    return Cors(
        origin=origin,
        is_own=is_own,
        preflight_origin=preflight.headers.get(f"{allowed}Origin", "") if preflight.status < 300 else "",
        preflight_headers=preflight.headers.get(f"{allowed}Headers", "").lower(),
        preflight_credentials=preflight.headers.get(f"{allowed}Credentials", "") in said,
        reply_origin=reply.headers.get(f"{allowed}Origin", ""),
        reply_credentials=reply.headers.get(f"{allowed}Credentials", "") in said,
    )


def _cookie(morsel: Morsel[str]) -> Cookie:
    return Cookie(
        name=shown_name(morsel.key),
        path=morsel["path"] or "/",
        http_only=bool(morsel["httponly"]),
        secure=bool(morsel["secure"]),
        same_site=str(morsel["samesite"] or ""),
        lives_s=_lives(morsel),
    )


def _lives(morsel: Morsel[str]) -> float | None:
    """Return for how long a browser keeps the cookie; Max-Age wins over Expires."""
    try:
        if morsel["max-age"] != "":
            return float(morsel["max-age"])
        return parsedate_to_datetime(morsel["expires"]).timestamp() - time.time() if morsel["expires"] else None
    except ValueError:
        return None
