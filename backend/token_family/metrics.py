"""Counts attempts to refresh with prometheus-client; imported only where it is installed.

    refresh_total{outcome, age_bucket}   attempts, by the word for how each ended
    refresh_seconds                      how long each took, from the request's data to the answer's
    refresh_replay_age_seconds           of replays that were honoured: how long ago the token had been replaced

`age_bucket` is the age of the session, from the sign-in (or from its adoption, where SimpleJWT began it):
`within_lifetime` if it is younger than SimpleJWT's REFRESH_TOKEN_LIFETIME, so that no absence explains a refusal;
else `past_lifetime`; `unknown` if no family was read, as for a token that is expired or was not signed here.
`outcome` is a word of reasons.py, or `revoked_other` where an administrator made a reason up. Every pair is there
from the start, at 0: of a series that begins at 1 Prometheus would not see the increase.
"""

from django.dispatch import receiver
from prometheus_client import Counter, Histogram
from rest_framework_simplejwt.settings import api_settings

from token_family.attempts import refresh_attempted
from token_family.reasons import Granted, Reason, Trouble

REVOKED_OTHER = "revoked_other"
OUTCOMES = (*Granted, *Reason, *Trouble, REVOKED_OTHER)
REPLAYS = {Granted.REPLAY_CONCURRENT, Granted.REPLAY_LOST_RESPONSE}

WITHIN_LIFETIME, PAST_LIFETIME, UNKNOWN = AGE_BUCKETS = ("within_lifetime", "past_lifetime", "unknown")

# An alert asks for 2 s: a bound of a bucket, so that the answer is exact.
LATENCIES_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30)
# 30 s is the default of GRACE.
REPLAY_AGES_S = (1, 2, 5, 10, 30, 60, 300, 900, 3600, 4 * 3600, 24 * 3600, 7 * 24 * 3600)

ATTEMPTS = Counter("refresh", "Attempts to refresh a session.", ["outcome", "age_bucket"])
LATENCY = Histogram("refresh_seconds", "Time that an attempt to refresh took.", buckets=LATENCIES_S)
REPLAY_AGE = Histogram("refresh_replay_age_seconds", "Age of an honoured replay.", buckets=REPLAY_AGES_S)

for _outcome in OUTCOMES:
    for _bucket in AGE_BUCKETS:
        ATTEMPTS.labels(_outcome, _bucket)


@receiver(refresh_attempted)
def count(
    outcome: str, latency_ms: float, age_s: int | None = None, session_age_s: int | None = None, **_: object
) -> None:
    """Count one attempt."""
    ATTEMPTS.labels(outcome if outcome in OUTCOMES else REVOKED_OTHER, age_bucket(session_age_s)).inc()
    LATENCY.observe(latency_ms / 1000)
    if outcome in REPLAYS and age_s is not None:
        # A clock that was set back makes it negative; the rule takes it so, too.
        REPLAY_AGE.observe(abs(age_s))


def age_bucket(session_age_s: int | None) -> str:
    """Return the word for a session's age in seconds; None is an age that is not known."""
    if session_age_s is None:
        return UNKNOWN
    return WITHIN_LIFETIME if session_age_s < api_settings.REFRESH_TOKEN_LIFETIME.total_seconds() else PAST_LIFETIME
