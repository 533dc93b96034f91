"""Mistakes in the setting TOKEN_FAMILY["COOKIE"]."""

import re
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - Django's own name

from token_family.checks.urls import views_of
from token_family.cookies.options import OPTIONS, configured_cookie, current_options
from token_family.cookies.views import OwnPagesView

SAMESITE = ("Strict", "Lax", "None")
NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")  # what RFC 6265 calls a token
PATH = re.compile(r"/[^;\x00-\x1f\x7f]*")
# What cannot be told without a request: converters, and regular expressions.
OPEN_ROUTE = re.compile(r"[<>()\[\]\\$^*+?|]")


@register
def check_cookie_options(**_: object) -> list[CheckMessage]:
    """E007: TOKEN_FAMILY["COOKIE"] holds a name, or a value, that means nothing."""
    return [
        Error(
            f'TOKEN_FAMILY["COOKIE"] cannot be used: {why}.',
            hint=f"Choose from {', '.join(OPTIONS)}, each optional.",
            id="token_family.E007",
        )
        for why in _mistakes()
    ]


@register
def check_cookie_reaches_its_views(**_: object) -> list[CheckMessage]:
    """E008: browsers would not send the cookie where it is needed, and each refresh would end a session."""
    if _mistakes():
        return []
    above = current_options().path.rstrip("/") + "/"
    prefix = (settings.FORCE_SCRIPT_NAME or "").rstrip("/")
    return [
        Error(
            f"TOKEN_FAMILY: the cookie's PATH does not cover '{prefix}/{route}', which would never see it.",
            hint="Make it a path that all views of the cookie are under; the default, /, covers everything.",
            id="token_family.E008",
        )
        for route, _view in views_of(OwnPagesView)
        if not OPEN_ROUTE.search(route) and not f"{prefix}/{route}".startswith(above)
    ]


@register(deploy=True)
def check_cookie_is_secure(**_: object) -> list[CheckMessage]:
    """W008: the cookie travels without TLS, where anybody on the way can read it."""
    if _mistakes() or current_options().secure or not any(views_of(OwnPagesView)):
        return []
    return [
        Warning(
            "TOKEN_FAMILY: the cookie's SECURE is off.",
            hint="Leave it out: Chromium and Firefox take a Secure cookie from http://localhost, too.",
            id="token_family.W008",
        )
    ]


def _mistakes() -> list[str]:
    unknown = [f"it has no {name!r}" for name in configured_cookie() if name not in OPTIONS]
    return unknown + _odd_values(asdict(current_options()))


def _odd_values(options: dict[str, Any]) -> list[str]:
    name, path, secure, samesite = (options[field] for field in ("name", "path", "secure", "samesite"))
    is_prefixed = str(name).startswith(("__Secure-", "__Host-"))
    held = {
        "NAME must be a text of letters, digits, - and the like": isinstance(name, str) and NAME.fullmatch(name),
        "PATH must be a text that begins with /": isinstance(path, str) and PATH.fullmatch(path),
        "browsers take NAME __Secure-… and __Host-… only with SECURE": secure or not is_prefixed,
        "browsers take NAME __Host-… only with PATH /": path == "/" or not str(name).startswith("__Host-"),
        "SECURE must be True or False": isinstance(secure, bool),
        f"SAMESITE must be one of {', '.join(SAMESITE)}": samesite in SAMESITE,
        "browsers take SAMESITE None only with SECURE": samesite != "None" or secure,
    }
    return [rule for rule, holds in held.items() if not holds]
