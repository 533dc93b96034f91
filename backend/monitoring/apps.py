"""Registers the app, and with it the command refresh_report."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """The Django app; it has no models."""

    name = "monitoring"
    verbose_name = "Monitoring of sessions"
