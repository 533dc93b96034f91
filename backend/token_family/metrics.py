"""Counts attempts to refresh with prometheus-client; imported only where it is installed.

    refresh_total{outcome, age_bucket}           attempts, by the word for how each ended
    refresh_seconds                              how long each took, from the request's data to the answer's
    refresh_replay_age_seconds                   of honoured replays: how long ago the token had been replaced
    refresh_replay_changed_client_total{what}    honoured replays from another `agent` or `address` than that for which
                                                 the session was last rotated; from another of both, one in each
    refresh_clock_skew_seconds                   the server's clock minus the client's, where the client told its own
    refresh_immature_iat_total                   attempts with a token of ours that was issued in the future

`age_bucket` is the age of the session, from the sign-in (or from its adoption, where SimpleJWT began it):
`within_lifetime` if it is younger than SimpleJWT's REFRESH_TOKEN_LIFETIME, so that no absence explains a refusal;
else `past_lifetime`; `unknown` if no family was read, as for a token that is expired or was not signed here.
`outcome` is a word of reasons.py, or `revoked_other` where an administrator made a reason up. Every series is
there from the start, at 0: of one that begins at 1 Prometheus would not see the increase.
"""

from django.dispatch import receiver
from prometheus_client import Counter, Histogram
from rest_framework_simplejwt.settings import api_settings

from token_family.attempts import refresh_attempted
from token_family.clients import Client
from token_family.reasons import REPLAYS, Granted, NotTried, Reason, Trouble

REVOKED_OTHER = "revoked_other"
OUTCOMES = (*Granted, *Reason, *Trouble, *NotTried, REVOKED_OTHER)

WITHIN_LIFETIME, PAST_LIFETIME, UNKNOWN = AGE_BUCKETS = ("within_lifetime", "past_lifetime", "unknown")

# An alert asks for 2 s: a bound of a bucket, so that the answer is exact.
LATENCIES_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30)
# 30 s is the default of GRACE.
REPLAY_AGES_S = (1, 2, 5, 10, 30, 60, 300, 900, 3600, 4 * 3600, 24 * 3600, 7 * 24 * 3600)
# 10 s is the LEEWAY that the system check asks for.
SKEWS_S = (-24 * 3600, -3600, -300, -60, -30, -10, -5, -1, 1, 5, 10, 30, 60, 300, 3600, 24 * 3600)

ATTEMPTS = Counter("refresh", "Attempts to refresh a session.", ["outcome", "age_bucket"])
LATENCY = Histogram("refresh_seconds", "Time that an attempt to refresh took.", buckets=LATENCIES_S)
REPLAY_AGE = Histogram("refresh_replay_age_seconds", "Age of an honoured replay.", buckets=REPLAY_AGES_S)
CHANGED_CLIENTS = Counter("refresh_replay_changed_client", "Honoured replays from another client.", ["what"])
SKEW = Histogram("refresh_clock_skew_seconds", "The server's clock minus the client's.", buckets=SKEWS_S)
IMMATURE = Counter("refresh_immature_iat", "Attempts with a token that was issued in the future.")

for _what in Client._fields:
    CHANGED_CLIENTS.labels(_what)
for _outcome in OUTCOMES:
    for _bucket in AGE_BUCKETS:
        ATTEMPTS.labels(_outcome, _bucket)


@receiver(refresh_attempted)
def count(
    outcome: str,
    latency_ms: float | None = None,
    age_s: int | None = None,
    session_age_s: int | None = None,
    **_: object,
) -> None:
    """Count one attempt."""
    ATTEMPTS.labels(outcome if outcome in OUTCOMES else REVOKED_OTHER, age_bucket(session_age_s)).inc()
    if latency_ms is not None:
        LATENCY.observe(latency_ms / 1000)
    if outcome in REPLAYS and age_s is not None:
        # A clock that was set back makes it negative; the rule takes it so, too.
        REPLAY_AGE.observe(abs(age_s))


@receiver(refresh_attempted)
def count_changed_client(
    outcome: str, *, agent_changed: bool = False, address_changed: bool = False, **_: object
) -> None:
    """Count what an honoured replay has changed; reuse is counted as such."""
    changed = {"agent": agent_changed, "address": address_changed} if outcome in REPLAYS else {}
    for what in filter(changed.get, changed):
        CHANGED_CLIENTS.labels(what).inc()


@receiver(refresh_attempted)
def observe_clocks(skew_s: float | None = None, *, immature_iat: bool = False, **_: object) -> None:
    """Observe how far clocks are apart."""
    if skew_s is not None:
        SKEW.observe(skew_s)
    if immature_iat:
        IMMATURE.inc()


def age_bucket(session_age_s: int | None) -> str:
    """Return the word for a session's age in seconds; None is an age that is not known."""
    if session_age_s is None:
        return UNKNOWN
    return WITHIN_LIFETIME if session_age_s < api_settings.REFRESH_TOKEN_LIFETIME.total_seconds() else PAST_LIFETIME
