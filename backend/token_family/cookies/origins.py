"""Refuses what another site makes a browser ask: no token is needed for that, and so none can get lost.

The rule is that of Go's net/http.CrossOriginProtection. Browsers say in Sec-Fetch-Site, which no page can set, how
the asking page is related to this server; only `same-origin` may ask (or `none`: the user did), for pages of another
port or another subdomain are somebody else's. Where it is missing, Origin decides; where both are, no browser asks.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from token_family.cookies.errors import NotTriedError
from token_family.reasons import NotTried

OURS = {"same-origin", "none"}


def refuse_cross_origin(request: HttpRequest) -> None:
    """Raise NotTriedError unless this server's own page asks, or one of CSRF_TRUSTED_ORIGINS, or no browser."""
    if not _may_ask(request):
        raise NotTriedError(NotTried.CROSS_ORIGIN)


def _may_ask(request: HttpRequest) -> bool:
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if origin is not None and origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    if site is not None:
        return site in OURS
    return origin is None or urlsplit(origin).netloc == request.get_host()
