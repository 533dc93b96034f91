"""Mistakes in the setting TOKEN_FAMILY["COOKIE"]."""

from dataclasses import asdict
from typing import Any

from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - Django's own name

from token_family.checks.urls import views_of
from token_family.cookies.options import OPTIONS, configured_cookie, current_options
from token_family.cookies.views import PresentedTokenView

SAMESITE = ("Strict", "Lax", "None")


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
    return [
        Error(
            f"TOKEN_FAMILY: the cookie's PATH does not cover '/{route}', which would never see it.",
            hint="Make it a path that all views of the cookie are under; the default, /, covers everything.",
            id="token_family.E008",
        )
        for route, _view in views_of(PresentedTokenView)
        if not f"/{route}".startswith(above)
    ]


@register(deploy=True)
def check_cookie_is_secure(**_: object) -> list[CheckMessage]:
    """W008: the cookie travels without TLS, where anybody on the way can read it."""
    if _mistakes() or current_options().secure or not any(views_of(PresentedTokenView)):
        return []
    return [
        Warning(
            "TOKEN_FAMILY: the cookie's SECURE is off.",
            hint="Leave it out: browsers take a Secure cookie from http://localhost, too.",
            id="token_family.W008",
        )
    ]


def _mistakes() -> list[str]:
    unknown = [f"it has no {name!r}" for name in configured_cookie() if name not in OPTIONS]
    return unknown + _odd_values(asdict(current_options()))


def _odd_values(options: dict[str, Any]) -> list[str]:
    name, path, secure, samesite = (options[field] for field in ("name", "path", "secure", "samesite"))
    held = {
        "NAME must be a text, not empty": isinstance(name, str) and name != "",
        "PATH must be a text that begins with /": str(path).startswith("/"),
        "SECURE must be True or False": isinstance(secure, bool),
        f"SAMESITE must be one of {', '.join(SAMESITE)}": samesite in SAMESITE,
        "browsers take SAMESITE None only with SECURE": samesite != "None" or secure,
    }
    return [rule for rule, holds in held.items() if not holds]
