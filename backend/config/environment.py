"""Reads settings from the environment, and says in words what is missing."""

import os

from django.core.exceptions import ImproperlyConfigured

# What `manage.py check --deploy` asks of a key.
SECRET_LENGTH, SECRET_VARIETY = 50, 5


def required(name: str, hint: str) -> str:
    """Return the environment variable `name`; raise ImproperlyConfigured with the hint when it is empty."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"Set {name} in the environment: {hint}")
    return value


def required_list(name: str, hint: str) -> list[str]:
    """Return the comma-separated environment variable `name` as a list without blanks."""
    required(name, hint)
    return optional_list(name)


def optional_list(name: str) -> list[str]:
    """Return the comma-separated environment variable `name` as a list without blanks; unset, it is empty."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def required_secret(name: str, hint: str) -> str:
    """Return a secret that is hard to guess; raise ImproperlyConfigured for one that is short or repeats itself."""
    value = required(name, hint)
    if len(value) < SECRET_LENGTH or len(set(value)) < SECRET_VARIETY:
        raise ImproperlyConfigured(
            f"{name} is too easy to guess: make it {SECRET_LENGTH} random characters or more, for example by "
            "python -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    return value
