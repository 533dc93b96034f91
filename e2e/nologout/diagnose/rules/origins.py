"""Whether pages of another origin get through to the refresh, and whether a cache may keep a token."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nologout.diagnose.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nologout.diagnose.observed import Cors, Observed


def origin_is_blocked(observed: Observed) -> Finding | None:
    """The browser keeps the answer of a refresh from the page: that looks as if the network were down."""
    cors = observed.cors
    problems = [] if cors is None or cors.is_own else [*_problems(cors, with_cookie=observed.transport == "cookie")]
    if cors is None or not problems:
        return None
    return Finding(
        name="origin_is_blocked",
        cause=1,
        gravity="logs out",
        basis="read",
        title=f"Pages of {cors.origin} cannot refresh",
        evidence="; ".join(problems),
        server="name the origin (django-cors-headers: CORS_ALLOWED_ORIGINS; with cookies CORS_ALLOW_CREDENTIALS)",
        front_end="or serve page and API from one origin",
    )


def token_is_cached(observed: Observed) -> Finding | None:
    """A reply with a token says that it may be kept and given again: an old token comes back from a cache."""
    said = observed.cache_control.lower()
    age = re.search(r"(?:s-maxage|max-age)=(\d+)", said)
    if "no-store" in said or not ("public" in said or (age and int(age[1]) > 0)):
        return None
    return Finding(
        name="token_is_cached",
        cause=3,
        gravity="risk",
        basis="read",
        title="Caches may keep tokens",
        evidence=f"the reply to a refresh says Cache-Control: {observed.cache_control}",
        server="Cache-Control: no-store on sign-in and refresh (RFC 6749, section 5.1)",
        front_end="fetch with cache: 'no-store'",
    )


RULES = (origin_is_blocked, token_is_cached)


def _problems(cors: Cors, *, with_cookie: bool) -> Iterator[str]:
    for what, allowed, credentials in (
        ("preflight", cors.preflight_origin, cors.preflight_credentials),
        ("reply", cors.reply_origin, cors.reply_credentials),
    ):
        if allowed not in {cors.origin, "*"}:
            yield f"the {what} allows {allowed or 'no origin'}"
        elif with_cookie and (allowed == "*" or not credentials):
            yield f"the {what} allows no cookies"
    headers = {name.strip() for name in cors.preflight_headers.split(",")}
    missing = {"authorization", "content-type"} - headers
    if cors.preflight_origin and missing and (with_cookie or "*" not in headers or "authorization" in missing):
        yield f"the preflight allows no header {', '.join(sorted(missing))}"
