"""Ages a browser's cookies: to a cookie, time passes when less of its life is left."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext


def age_cookies(context: BrowserContext, seconds: float) -> int:
    """Take `seconds` off the life of every cookie that has an end; return how many died of it."""
    died = 0
    for cookie in context.cookies():
        expires = cookie.get("expires", -1)
        if expires <= 0:
            continue
        if expires - seconds > time.time():
            # In the place of the old one, so that no request goes without it meanwhile.
            context.add_cookies([{**cookie, "expires": expires - seconds}])  # type: ignore[typeddict-item]
        else:
            context.clear_cookies(name=cookie["name"], domain=cookie["domain"], path=cookie["path"])
            died += 1
    return died
