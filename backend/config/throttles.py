"""How often one address may sign in, refresh and report; the rates: REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"].

A refusal is 429 with Retry-After, which ends no session. Fifty tabs that wake together are far below each limit.
Django's cache counts: where it is in memory (the default), each worker counts for itself.
"""

import hashlib
from collections.abc import Mapping

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from monitoring.addresses import remote_address
from monitoring.options import current_options


class OwnAddressThrottle(SimpleRateThrottle):
    """Takes a client for who the log says it is, so that whom a throttle refuses can be found there.

    REST framework's own rule believes a header that is too short for NUM_PROXIES: whoever gets past the proxies could
    be another address at each guess. The app token_family keeps to that rule, since it knows no other app.
    """

    def get_ident(self, request: Request) -> str:
        """Return the address."""
        return remote_address(request, current_options().trusted_proxies)


class SignInThrottle(OwnAddressThrottle):
    """Limits the guesses at one account from one address: nobody can lock somebody else's address out."""

    scope = "sign_in"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        """Return one key for address and account; no name is kept in the cache."""
        del view
        given = request.data.get("username", "") if isinstance(request.data, Mapping) else ""
        account = hashlib.sha256(f"{self.get_ident(request)} {given}".encode("utf-8", "replace")).hexdigest()
        return f"throttle_{self.scope}_{account}"


class AddressThrottle(OwnAddressThrottle):
    """Limits what comes from one address, whoever it is for; an office behind one address needs room."""

    def get_cache_key(self, request: Request, view: APIView) -> str:
        """Return one key for the address."""
        del view
        return f"throttle_{self.scope}_{self.get_ident(request)}"


class SignInsThrottle(AddressThrottle):
    """Limits the sign-ins of an address, over all accounts."""

    scope = "sign_ins"


class RefreshThrottle(AddressThrottle):
    """Limits the refreshes of an address."""

    scope = "refresh"


class ReportThrottle(AddressThrottle):
    """Limits the reports of forced logouts of an address."""

    scope = "reports"
