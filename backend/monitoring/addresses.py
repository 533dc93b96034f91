"""Who asked: an address that can be believed, and is one."""

import ipaddress

from django.http import HttpRequest

UNKNOWN = "-"


def remote_address(request: HttpRequest, trusted_proxies: int) -> str:
    """Return the client's address; with n trusted proxies, the n-th from the right of X-Forwarded-For.

    A client can write whatever it likes further left. Where the header is too short, some proxy was passed by:
    the connection's own address is returned. `-` stands for none (a Unix socket).
    """
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    if 0 < trusted_proxies <= len(forwarded):
        address = _address(forwarded[-trusted_proxies])
        if address:
            return address
    return _address(request.META.get("REMOTE_ADDR", "")) or UNKNOWN


def _address(text: str) -> str:
    # What follows a percent sign is free text.
    try:
        return str(ipaddress.ip_address(text.strip().partition("%")[0]))
    except ValueError:
        return ""
