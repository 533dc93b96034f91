"""Settings of SimpleJWT under which families do not work as they should."""

from datetime import timedelta

from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - Django's own name
from django.utils.module_loading import import_string
from rest_framework_simplejwt.settings import api_settings

from token_family.backends import family_backend

SERIALIZERS = {
    "TOKEN_OBTAIN_SERIALIZER": "FamilyObtainSerializer",
    "TOKEN_REFRESH_SERIALIZER": "FamilyRefreshSerializer",
    "TOKEN_VERIFY_SERIALIZER": "FamilyVerifySerializer",
    "TOKEN_BLACKLIST_SERIALIZER": "FamilyBlacklistSerializer",
}
ORDINARY_SKEW = timedelta(seconds=10)


@register
def check_serializers(**_: object) -> list[CheckMessage]:
    """E005: only some of SimpleJWT's serializers are ours; W004: none is."""
    missing = [name for name, ours in SERIALIZERS.items() if not _is_ours(name, ours)]
    if not missing:
        return []
    hint = " ".join(f'SIMPLE_JWT["{name}"] = "token_family.serializers.{SERIALIZERS[name]}".' for name in missing)
    if len(missing) == len(SERIALIZERS):
        return [Warning("token_family is installed, and SimpleJWT does not use it.", hint=hint, id="token_family.W004")]
    return [
        Error(
            f"SimpleJWT uses token_family for some endpoints and not for {', '.join(missing)}: sessions would break.",
            hint=hint,
            id="token_family.E005",
        )
    ]


@register
def check_rotation(**_: object) -> list[CheckMessage]:
    """W005: without rotation no theft is noticed."""
    if api_settings.ROTATE_REFRESH_TOKENS:
        return []
    return [
        Warning(
            "ROTATE_REFRESH_TOKENS is off: a stolen refresh token works for its whole life, unseen.",
            hint='Set SIMPLE_JWT["ROTATE_REFRESH_TOKENS"] = True; BLACKLIST_AFTER_ROTATION does not matter here.',
            id="token_family.W005",
        )
    ]


@register
def check_leeway(**_: object) -> list[CheckMessage]:
    """W006: servers whose clocks differ refuse each other's access tokens."""
    if family_backend().get_leeway() >= ORDINARY_SKEW:
        return []
    return [
        Warning(
            "SimpleJWT's LEEWAY is under 10 s: a token from a server whose clock is ahead is refused.",
            hint='Set SIMPLE_JWT["LEEWAY"] = 10 or more (seconds, or a timedelta).',
            id="token_family.W006",
        )
    ]


@register
def check_lifetimes(**_: object) -> list[CheckMessage]:
    """E006: a refresh token that does not outlive the access token renews nothing."""
    if api_settings.REFRESH_TOKEN_LIFETIME > api_settings.ACCESS_TOKEN_LIFETIME:
        return []
    return [
        Error(
            "REFRESH_TOKEN_LIFETIME is not longer than ACCESS_TOKEN_LIFETIME: nothing is left to renew with.",
            hint="Make it days or weeks; it is how long a user may be away.",
            id="token_family.E006",
        )
    ]


def _is_ours(name: str, ours: str) -> bool:
    # Somebody's subclass is as good.
    wanted = import_string(f"token_family.serializers.{ours}")
    try:
        used = import_string(getattr(api_settings, name))
    except ImportError:
        return False
    return isinstance(used, type) and issubclass(used, wanted)
