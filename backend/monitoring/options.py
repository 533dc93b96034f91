"""The app's settings: MONITORING = {"LOG_FILE", "TRUSTED_PROXIES", "REFRESH_PATHS", "API_PREFIX"}, each optional."""

from dataclasses import dataclass, fields

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Options:
    """What is watched, and where its lines are kept.

    `log_file` is what refresh_report reads when no file is named; writing it is up to LOGGING. `trusted_proxies`
    is how many proxies of yours add to X-Forwarded-For: 0 means that the header is not believed.
    """

    log_file: str = ""
    trusted_proxies: int = 0
    refresh_paths: tuple[str, ...] = ("/api/token/refresh/",)
    api_prefix: str = "/api/"


NAMES = {field.name.upper(): field.name for field in fields(Options)}


def current_options() -> Options:
    """Return the options in force; raise ImproperlyConfigured for a name that means nothing."""
    given = getattr(settings, "MONITORING", {})
    unknown = sorted(given.keys() - NAMES.keys())
    if unknown:
        raise ImproperlyConfigured(f"MONITORING has no setting {unknown[0]!r}; choose from {', '.join(NAMES)}.")
    return Options(**{NAMES[name]: value for name, value in given.items()})
