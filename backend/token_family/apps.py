"""Registers the app's receivers of signals and its system checks."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class TokenFamilyConfig(AppConfig):
    """The Django app."""

    name = "token_family"
    verbose_name = "Token families"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what is registered by being imported."""
        import_module("token_family.signals")
        import_module("token_family.checks")
        if find_spec("prometheus_client"):
            import_module("token_family.metrics")
