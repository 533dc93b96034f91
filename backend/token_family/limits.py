"""The app's settings: TOKEN_FAMILY = {"GRACE", "COALESCE", "STRIKES", "ABSOLUTE_LIFETIME"}, each optional."""

from dataclasses import fields
from typing import Any

from django.conf import settings

from token_family.decide import Limits

NAMES = {field.name.upper(): field.name for field in fields(Limits)}


def configured() -> dict[str, Any]:
    """Return the project's TOKEN_FAMILY setting as it is written."""
    return getattr(settings, "TOKEN_FAMILY", {})


def current_limits() -> Limits:
    """Return the limits in force; a name that is not known is left to the system check."""
    return Limits(**{NAMES[name]: value for name, value in configured().items() if name in NAMES})
