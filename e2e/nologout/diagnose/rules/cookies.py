"""Whether the cookie that holds a refresh token lives as long as the token, and is sent where it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.diagnose.finding import Finding, duration

if TYPE_CHECKING:
    from nologout.diagnose.observed import Cookie, Observed

_SLACK_S = 60


def cookie_dies_first(observed: Observed) -> Finding | None:
    """The browser drops the cookie while its token is still good: when it closes, or at a date that comes earlier."""
    cookie, lives = _cookie(observed), observed.refresh_s
    if cookie is None or (cookie.lives_s is not None and (lives is None or cookie.lives_s >= lives - _SLACK_S)):
        return None
    ends = "with the browser" if cookie.lives_s is None else f"after {duration(cookie.lives_s)}"
    return Finding(
        name="cookie_dies_first",
        cause=4,
        gravity="logs out",
        basis="read",
        title="The cookie ends before its token does",
        evidence=f"cookie {cookie.name} ends {ends}; its token lives for {duration(lives) if lives else 'longer'}",
        server="Max-Age of the refresh token's lifetime, set anew at each refresh",
        front_end="cannot mend it: no script can read or set this cookie",
    )


def cookie_is_not_sent(observed: Observed) -> Finding | None:
    """The cookie's path does not cover the refresh, or browsers refuse the cookie."""
    cookie = _cookie(observed)
    if cookie is None:
        return None
    path = cookie.path.rstrip("/")
    covered = observed.paths.refresh == cookie.path or f"{observed.paths.refresh}/".startswith(f"{path}/")
    refused = cookie.same_site.lower() == "none" and not cookie.secure
    if covered and not refused:
        return None
    reason = "SameSite=None without Secure: no browser keeps it" if refused else f"Path={cookie.path}"
    return Finding(
        name="cookie_is_not_sent",
        cause=4,
        gravity="logs out",
        basis="read",
        title="No browser sends the cookie to the refresh",
        evidence=f"cookie {cookie.name}: {reason}; the refresh is at {observed.paths.refresh}",
        server="a Path above refresh and sign-out; Secure, wherever SameSite is None",
        front_end="cannot mend it: no script can read or set this cookie",
    )


def cookie_is_open(observed: Observed) -> Finding | None:
    """A refresh token in a cookie that scripts can read, or that travels in the clear; it may be in the body too."""
    if not observed.cookies:
        return None
    cookie = observed.cookies[0]
    missing = [name for name, there in (("HttpOnly", cookie.http_only), ("Secure", cookie.secure)) if not there]
    if not missing:
        return None
    return Finding(
        name="cookie_is_open",
        cause=4,
        gravity="risk",
        basis="read",
        title=f"The cookie of the refresh token is not {' and not '.join(missing)}",
        evidence=f"cookie {cookie.name}; SameSite={cookie.same_site or '(none given)'}",
        server="HttpOnly; Secure; SameSite=Strict or Lax",
        front_end="nothing to do",
    )


RULES = (cookie_dies_first, cookie_is_not_sent, cookie_is_open)


def _cookie(observed: Observed) -> Cookie | None:
    return observed.cookies[0] if observed.transport == "cookie" and observed.cookies else None
