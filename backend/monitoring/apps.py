"""Registers the app, and with it the command refresh_report."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """The Django app; it has no models."""

    name = "monitoring"
    verbose_name = "Monitoring of sessions"

    def ready(self) -> None:
        """Count where something to count with is installed."""
        if find_spec("prometheus_client"):
            import_module("monitoring.metrics")
