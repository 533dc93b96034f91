"""Sign-ins that detection cannot do: at another origin, in a frame, by somebody else. It says what to write by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from nologout.errors import TargetError

if TYPE_CHECKING:
    from nologout.diagnose.detect.browse.visit import Visit

BY_OTHERS = re.compile(r"\b(log|sign)[\s-]?in (with|via)\b|\bcontinue with\b|\bsso\b|\bsingle sign", re.IGNORECASE)
_BY_HAND = "write nologout.toml by hand, with `sign_in.script` ({0}docs/foreign-apps.md)"


def check_origin(visit: Visit) -> None:
    """Say no where a page has led away from the app.

    Raises:
        TargetError: It is at another origin.
    """
    if visit.elsewhere.startswith("https:") and visit.base_url.startswith("http:") and _same_host(visit):
        raise TargetError(f"{visit.base_url} leads to {visit.elsewhere}", hint=f"init {visit.elsewhere}")
    if visit.elsewhere:
        host = urlsplit(visit.elsewhere).netloc
        hint = _BY_HAND.format(f'and `external_hosts = ["{host}"]`; ')
        told = f"the sign-in leads to {visit.elsewhere}, which is not the app's origin (single sign-on?)"
        raise TargetError(told, hint=f"{hint}; if that is where the app is, init {visit.elsewhere}")


def _same_host(visit: Visit) -> bool:
    return urlsplit(visit.elsewhere).hostname == urlsplit(visit.base_url).hostname


def check_frames(visit: Visit) -> None:
    """Say no where a frame asks for the password.

    Raises:
        TargetError: One does.
    """
    if visit.frame_with_password:
        hint = _BY_HAND.format('page.frame_locator("iframe").locator(...); ')
        raise TargetError(f"the password field is inside a frame ({visit.frame_with_password})", hint=hint)


def api_may_be_blocked(error: TargetError, blocked: tuple[str, ...]) -> TargetError:
    """Return what to say of a sign-in that failed while these hosts were blocked."""
    if not blocked:
        return error
    hint = "if one of them is the app's API, and yours to disturb: --allow-host HOST"
    return TargetError(f"{error}; blocked meanwhile: {', '.join(blocked)}", hint=hint)


def no_form(looked: list[str], offered: list[str]) -> TargetError:
    """Return what to say where no password field is to be seen; `offered` are words that tell of single sign-on."""
    told = f"no page with a visible password field: not at {', '.join(looked)}"
    if offered:
        return TargetError(f'{told}; {looked[0]} offers "{offered[0]}"', hint=_BY_HAND.format(""))
    steps = "for a form in steps, or SSO, write the file by hand"
    return TargetError(told, hint=f"name the form's page with --sign-in-path; {steps}")
