"""Mistakes in the setting TOKEN_FAMILY itself."""

from datetime import timedelta
from typing import Any

import jwt
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - Django's own name
from rest_framework_simplejwt.settings import api_settings

from token_family.limits import NAMES, configured, current_limits, previous_keys

# A client that waits this long for a reply, and then asks again, is an ordinary one.
ORDINARY_PATIENCE = timedelta(seconds=10)


@register
def check_setting_names(**_: object) -> list[CheckMessage]:
    """E001: TOKEN_FAMILY holds a name that means nothing."""
    return [
        Error(
            f"TOKEN_FAMILY has no setting {name!r}.",
            hint=f"Choose from {', '.join(NAMES)}.",
            id="token_family.E001",
        )
        for name in configured()
        if name not in NAMES
    ]


@register
def check_setting_values(**_: object) -> list[CheckMessage]:
    """E003: a value of TOKEN_FAMILY is of a kind that cannot be used."""
    return [
        Error(
            f"TOKEN_FAMILY: {name} is {_kind(value)}, and must be {wanted}.",
            hint=f"Write {example}.",
            id="token_family.E003",
        )
        for name, value in configured().items()
        if name in NAMES and not _fits(name, value)
        for wanted, example in [_wanted(name)]
    ]


@register
def check_grace(**_: object) -> list[CheckMessage]:
    """E002: a token is coalesced for longer than its predecessor is honoured; W003: grace too short to help."""
    if any(not _fits(name, value) for name, value in configured().items() if name in NAMES):
        return []
    limits = current_limits()
    found: list[CheckMessage] = []
    if limits.coalesce > limits.grace:
        found.append(
            Error(
                "TOKEN_FAMILY: COALESCE is longer than GRACE.",
                hint="Make COALESCE at most GRACE; racing tabs would otherwise count as late replays.",
                id="token_family.E002",
            )
        )
    if limits.grace < ORDINARY_PATIENCE:
        found.append(
            Warning(
                f"TOKEN_FAMILY: GRACE is {limits.grace.total_seconds():g} s, shorter than a client waits for a reply.",
                hint="Make it 10 s or more; retries of lost replies would otherwise count as late replays.",
                id="token_family.W003",
            )
        )
    return found


@register
def check_absolute_lifetime(**_: object) -> list[CheckMessage]:
    """W007: a token outlives its family, so that flushexpiredtokens makes room for it to be adopted anew."""
    configured_lifetime = configured().get("ABSOLUTE_LIFETIME")
    if not isinstance(configured_lifetime, timedelta) or configured_lifetime >= api_settings.REFRESH_TOKEN_LIFETIME:
        return []
    return [
        Warning(
            "TOKEN_FAMILY: ABSOLUTE_LIFETIME is shorter than SimpleJWT's REFRESH_TOKEN_LIFETIME.",
            hint="Shorten REFRESH_TOKEN_LIFETIME too, and remove old families with prune_families: flushexpiredtokens "
            "would forget that a session of before was signed out while its token still holds.",
            id="token_family.W007",
        )
    ]


@register
def check_previous_keys(**_: object) -> list[CheckMessage]:
    """E004: a previous key is none that SimpleJWT's ALGORITHM can use."""
    return [
        Error(
            f"TOKEN_FAMILY: key {nth} of PREVIOUS_KEYS is no key for {api_settings.ALGORITHM} to verify with.",
            hint="List what verified older tokens under the same algorithm: public keys, unless it is an HS one (there "
            "the default is SECRET_KEY_FALLBACKS). Tokens of another ALGORITHM are refused, and their sessions end.",
            id="token_family.E004",
        )
        for nth, key in enumerate(previous_keys(), start=1)
        if not _verifies(key)
    ]


def _verifies(key: Any) -> bool:  # noqa: ANN401 - whatever a project writes
    try:
        algorithm = jwt.get_algorithm_by_name(api_settings.ALGORITHM)
        # PyJWT takes an RSA private key for one, and fails once it verifies with it.
        algorithm.verify(b"", algorithm.prepare_key(key), b"")
    except (jwt.PyJWTError, AttributeError, NotImplementedError, TypeError, ValueError):
        return False
    return bool(key)


def _fits(name: str, value: Any) -> bool:  # noqa: ANN401 - whatever a project writes
    if name == "PREVIOUS_KEYS":
        return isinstance(value, list | tuple)
    if name == "COOKIE":
        return isinstance(value, dict)
    if name == "STRIKES":
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return isinstance(value, timedelta) and value >= timedelta()


def _wanted(name: str) -> tuple[str, str]:
    if name == "PREVIOUS_KEYS":
        return "a list of keys", '"PREVIOUS_KEYS": ["the key before this one"]'
    if name == "COOKIE":
        return "a dict", '"COOKIE": {"PATH": "/api/token/"}'
    if name == "STRIKES":
        return "a whole number, 0 or more", '"STRIKES": 3'
    return "a timedelta, not negative", f'"{name}": timedelta(seconds=30)'


def _kind(value: object) -> str:
    return f"{type(value).__name__}" if isinstance(value, str | list | tuple | dict) else repr(value)
