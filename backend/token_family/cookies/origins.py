"""Refuses what another site makes a browser ask: no token is needed for that, and so none can get lost.

The rule is that of Go's net/http.CrossOriginProtection. Browsers say in Sec-Fetch-Site, which no page can set, how
the asking page is related to this server; only `same-origin` may ask (or `none`: the user did), for pages of another
port or another subdomain are somebody else's. Where it is missing, Origin decides; where both are, no browser asks.
"""

from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import is_same_domain

from token_family.cookies.errors import NotTriedError
from token_family.reasons import NotTried

OURS = {"same-origin", "none"}


def refuse_cross_origin(request: HttpRequest) -> None:
    """Raise NotTriedError unless this server's own page asks, or one of CSRF_TRUSTED_ORIGINS, or no browser."""
    if not _may_ask(request):
        raise NotTriedError(NotTried.CROSS_ORIGIN)


def _may_ask(request: HttpRequest) -> bool:
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    asking = _split(origin or "")
    if any(_matches(asking, trusted) for trusted in settings.CSRF_TRUSTED_ORIGINS):
        return True
    if site is not None:
        return site in OURS
    return origin is None or asking.netloc == request.get_host()


def _matches(asking: SplitResult, trusted: str) -> bool:
    """Tell whether an origin is the trusted one; as in Django, `*.` stands for any subdomain."""
    scheme, _, host = trusted.partition("://")
    return asking.scheme == scheme and is_same_domain(asking.netloc, host.removeprefix("*"))


def _split(origin: str) -> SplitResult:
    try:
        return urlsplit(origin)
    except ValueError:  # an address that is none
        return urlsplit("")
