"""What the lifetimes of tokens do to people who are idle, or busy for long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.diagnose.finding import Finding, duration

if TYPE_CHECKING:
    from nologout.diagnose.observed import Observed

# Each less a moment: SimpleJWT reads its clock once for `iat` and once for `exp`.
_MONTH_S, _NIGHT_S, _LONG_S, _SHORT_S = 30 * 86400 - 5, 12 * 3600 - 5, 2 * 3600 - 5, 60 - 5


def end_is_fixed(observed: Observed) -> Finding | None:
    """No refresh moves the session's end: the busiest user is signed out in the middle of work."""
    lives = observed.refresh_s
    if observed.extends is not False or lives is None or lives >= _MONTH_S:
        return None
    return Finding(
        name="end_is_fixed",
        cause=1,
        gravity="logs out",
        basis="measured",
        title=f"A session ends {duration(lives)} after the sign-in, however active its user is",
        evidence=f"a refresh left the end where it was, {duration(lives)} after the sign-in",
        server="rotate with a grace period (`token_family`), or a refresh lifetime of 30 days or more",
        front_end="cannot move it: ask for the password in good time, and keep what was being typed",
        quick_fix="none: rotation off is what brings this about",
    )


def idle_ends_session(observed: Observed) -> Finding | None:
    """A sliding token can be renewed only while it holds: being away for as long ends the session."""
    if observed.tokens != "sliding" or observed.access_s is None or observed.access_s >= 7 * 86400:
        return None
    return Finding(
        name="idle_ends_session",
        cause=5,
        gravity="logs out",
        basis="read",
        title=f"Whoever is away for {duration(observed.access_s)} is signed out",
        evidence=f"a sliding token that lives for {duration(observed.access_s)}: once expired, nothing renews it",
        server="a pair of tokens in its place; else a longer SLIDING_TOKEN_LIFETIME, which a thief has too",
        front_end="renew at half the token's life, by the server's clock and not the computer's",
        quick_fix="none: nothing rotates here",
    )


def access_outlives_refresh(observed: Observed) -> Finding | None:
    """An access token that lives as long as the refresh token: by the time it is needed, that has expired too."""
    access, refresh = observed.access_s, observed.refresh_s
    if observed.tokens == "sliding" or access is None or refresh is None or access < refresh:
        return None
    return Finding(
        name="access_outlives_refresh",
        cause=1,
        gravity="logs out",
        basis="read",
        title="The refresh token ends before the access token does",
        evidence=f"an access token lives for {duration(access)}, a refresh token for {duration(refresh)}",
        server="REFRESH_TOKEN_LIFETIME in days, ACCESS_TOKEN_LIFETIME in minutes",
        front_end="refresh long before the access token expires",
    )


def night_ends_session(observed: Observed) -> Finding | None:
    """A refresh token that does not live through a night."""
    if observed.tokens == "sliding" or observed.refresh_s is None or observed.refresh_s >= _NIGHT_S:
        return None
    return Finding(
        name="night_ends_session",
        cause=1,
        gravity="risk",
        basis="read",
        title=f"Whoever is away for {duration(observed.refresh_s)} is signed out",
        evidence=f"a refresh token lives for {duration(observed.refresh_s)}",
        server="a longer REFRESH_TOKEN_LIFETIME, if this is not meant",
        front_end="say why, and keep what was being typed",
    )


def access_is_long(observed: Observed) -> Finding | None:
    """A long access token: little is refreshed, so little of a user's activity counts."""
    if observed.tokens == "sliding" or observed.access_s is None or observed.access_s < _LONG_S:
        return None
    lives = duration(observed.access_s)
    return Finding(
        name="access_is_long",
        cause=1,
        gravity="risk",
        basis="read",
        title=f"Use counts only every {lives}, and a sign-out or a theft leaves {lives} of access",
        evidence=f"an access token lives for {lives}, and no refresh comes before",
        server="ACCESS_TOKEN_LIFETIME of an hour or less",
        front_end="nothing to do",
    )


def access_is_short(observed: Observed) -> Finding | None:
    """An access token so short that latency and clocks eat it up."""
    if observed.access_s is None or observed.access_s >= _SHORT_S:
        return None
    return Finding(
        name="access_is_short",
        cause=5,
        gravity="risk",
        basis="read",
        title="Access tokens expire on their way",
        evidence=f"an access token lives for {duration(observed.access_s)}; each tab refreshes at least as often",
        server="ACCESS_TOKEN_LIFETIME of 5 minutes or more",
        front_end="refresh on a 401, not by the computer's clock, and one refresh for all requests that wait",
    )


RULES = (
    end_is_fixed,
    idle_ends_session,
    access_outlives_refresh,
    night_ends_session,
    access_is_long,
    access_is_short,
)
