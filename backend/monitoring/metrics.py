"""Counts forced logouts with prometheus-client; imported only where it is installed.

    forced_logout_total{reason}   reports of clients, by a word of forced_logouts.py

Every series is there from the start, at 0: of one that begins at 1 Prometheus would not see the increase.
"""

from django.dispatch import receiver
from prometheus_client import Counter

from monitoring.forced_logouts import OTHER, REASONS, forced_logout_reported

FORCED_LOGOUTS = Counter("forced_logout", "Forced logouts that clients have reported.", ["reason"])

for _reason in (*REASONS, OTHER):
    FORCED_LOGOUTS.labels(_reason)


@receiver(forced_logout_reported)
def count(reason: str, **_: object) -> None:
    """Count one report."""
    FORCED_LOGOUTS.labels(reason).inc()
