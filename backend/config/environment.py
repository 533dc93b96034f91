"""Reads settings from the environment, and says in words what is missing."""

import os

from django.core.exceptions import ImproperlyConfigured


def required(name: str, hint: str) -> str:
    """Return the environment variable `name`; raise ImproperlyConfigured with the hint when it is empty."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"Set {name} in the environment: {hint}")
    return value


def required_list(name: str, hint: str) -> list[str]:
    """Return the comma-separated environment variable `name` as a list without blanks."""
    return [word.strip() for word in required(name, hint).split(",") if word.strip()]
