"""What the command line and the environment say: the address, the account, further headers."""

from __future__ import annotations

import base64
import getpass
import os
import re
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from nologout.errors import UsageError
from nologout.redact import learn
from nologout.targets.hosts import may_be_disturbed
from nologout.targets.target import Credentials

if TYPE_CHECKING:
    from collections.abc import Iterable

BASIC = "NOLOGOUT_BASIC"
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_SECRET = frozenset({"authorization", "cookie", "proxy-authorization"})


def plain_url(url: str, allowed: frozenset[str]) -> str:
    """Return an address that may be probed, without a slash at its end.

    Raises:
        UsageError: It is none, holds a password, or is another machine's that nobody gave leave for.
    """
    split = _split(url)
    host = split[0]
    if not may_be_disturbed(host, allowed):
        hint = f"if the app is yours to probe: --allow-host {host}"
        raise UsageError(f"{host} is not this machine", hint=hint)
    return split[1].rstrip("/")


def origin_of(origin: str) -> str:
    """Return a page's origin as a browser would send it; or nothing for nothing.

    Raises:
        UsageError: It is no origin.
    """
    if not origin:
        return ""
    split = urlsplit(_split(origin)[1])
    if split.path.strip("/"):
        raise UsageError(f"--origin {origin!r} is more than an origin", hint="scheme, host and perhaps port")
    return f"{split.scheme}://{split.netloc}"


def account(username_env: str, password_env: str) -> Credentials:
    """Return the account of the environment; on a terminal, what is missing is asked for.

    Raises:
        UsageError: A variable is missing, and there is nobody to ask.
    """
    name, password = os.environ.get(username_env, ""), os.environ.get(password_env, "")
    if not (name and password) and not sys.stdin.isatty():
        missing = " and ".join(each for each in (username_env, password_env) if not os.environ.get(each))
        hint = "export the name and the password of an account made for this"
        raise UsageError(f"the environment variables {missing} are not set, or empty", hint=hint)
    found = Credentials(name or input("Username: "), password or getpass.getpass("Password: "))
    learn(found.password)
    return found


def basic() -> str:
    """Return the secret of HTTP Basic, from the environment (`name:password`); or nothing.

    Raises:
        UsageError: It is not of that form.
    """
    given = os.environ.get(BASIC, "")
    if given and ":" not in given:
        raise UsageError(f"{BASIC} is not of the form name:password")
    found = base64.b64encode(given.encode()).decode()
    for secret in filter(None, (found, given.partition(":")[2])):
        learn(secret)
    return found


def headers_of(lines: Iterable[str]) -> dict[str, str]:
    """Return headers written as `Name: value`.

    Raises:
        UsageError: One is no header, or one that holds a secret, which everybody could read on the command line.
    """
    found = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if name.strip().lower() in _SECRET:
            raise UsageError(f"--header {name.strip()} would put a secret on the command line", hint=f"see {BASIC}")
        if not colon or not _HEADER.fullmatch(name) or not value.strip().isprintable():
            raise UsageError(f"--header {name!r} is no header", hint="e.g. --header 'X-Tenant: acme'")
        found[name] = value.strip()
    return found


def _split(url: str) -> tuple[str, str]:
    """Return host and URL; what is wrong with it is said without repeating a password."""
    try:
        split = urlsplit(url)
        host, _ = split.hostname, split.port
    except ValueError:
        host, split = None, urlsplit("")
    if "@" in split.netloc:
        raise UsageError("the address holds a name or a password", hint=f"see {BASIC} and `nologout diagnose --help`")
    if split.scheme not in {"http", "https"} or not host or split.query or split.fragment:
        raise UsageError(f"{url!r} is no address of an API", hint="e.g. http://127.0.0.1:8000")
    return host, url
