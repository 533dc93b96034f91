"""Keys with which SimpleJWT would refuse what it has signed itself."""

from django.core.checks import CheckMessage, Error, register
from jwt import PyJWTError
from rest_framework_simplejwt.exceptions import TokenBackendError
from rest_framework_simplejwt.settings import api_settings

from token_family.backends import family_backend


@register
def check_keys(**_: object) -> list[CheckMessage]:
    """E009: a token that is signed here is not taken here. Keys that are fetched (JWK_URL) are not looked at."""
    if api_settings.JWK_URL:
        return []
    backend = family_backend()
    try:
        # What an audience or an issuer wants is written into it as into any token.
        backend.decode(backend.encode({}))  # type: ignore[arg-type] # a text, whatever SimpleJWT's annotation says
    except (TokenBackendError, PyJWTError, ValueError, TypeError) as error:
        return [_error(error)]
    return []


def _error(error: Exception) -> CheckMessage:
    algorithm = api_settings.ALGORITHM
    return Error(
        f"SimpleJWT refuses what it signs itself with {algorithm} ({type(error).__name__}): nobody stays signed in.",
        hint=(
            'SIMPLE_JWT["SIGNING_KEY"] and ["VERIFYING_KEY"] must be a pair, both as PEM; an HS algorithm has one '
            "secret in SIGNING_KEY, and no VERIFYING_KEY."
        ),
        id="token_family.E009",
    )
