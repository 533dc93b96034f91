"""Finds the cookie of a request's session, and writes it."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Literal, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rest_framework.request import Request
from rest_framework_simplejwt.exceptions import TokenBackendError, TokenError
from rest_framework_simplejwt.utils import aware_utcnow, datetime_from_epoch

from token_family.backends import family_backend
from token_family.claims import SID
from token_family.cookies.errors import NotTriedError
from token_family.cookies.options import current_options
from token_family.reasons import NotTried, Reason
from token_family.tokens import FamilyRefreshToken

log = logging.getLogger("token_family")

# A page names its session, so that it never goes on as another user who has signed in meanwhile.
SID_HEADER = "X-Session-Id"

# Browsers drop a longer one (name and value), and say nothing.
LONGEST = 4096


def presented(request: Request) -> str:
    """Return the refresh token that a request is about; raise NotTriedError if there is none that it may use.

    The session is the one that the header names. Without the header it is the newest in the browser; and without
    a cookie too it is a token in the body, so that a client of before is not signed out by the change.
    """
    held, named = _held(request), request.headers.get(SID_HEADER)
    if named:
        return _of_session(held, named)
    if held:
        # Of the same second, browsers send the later cookie last.
        return max(reversed(held.values()), key=_issued_at)
    return _in_body(request)


def keep(response: HttpResponseBase, token: FamilyRefreshToken) -> None:
    """Have the browser keep a session's token for as long as it holds."""
    value, sid = str(token), token.sid.hex
    if len(_name_of(sid)) + len(value) > LONGEST:
        log.error("cookie_too_long: browsers keep no cookie of %d characters; put fewer claims into tokens", len(value))
    _set(response, sid, value, datetime_from_epoch(token.payload["exp"]) - aware_utcnow())


def forget(response: HttpResponseBase, *sids: str) -> None:
    """Have the browser delete the cookies of sessions that are over, or that a sign-in takes the place of."""
    for sid in sids:
        _set(response, sid, "", timedelta(0))


def sids_in(request: HttpRequest) -> set[str]:
    """Return the sessions whose cookies came with a request."""
    return set(_held(request))


def _set(response: HttpResponseBase, sid: str, value: str, lives_for: timedelta) -> None:
    options = current_options()
    response.set_cookie(
        _name_of(sid),
        value,
        max_age=lives_for,
        path=options.path,
        # A deletion too, or a browser would not let it touch what is Secure.
        secure=options.secure,
        httponly=True,
        samesite=cast("Literal['Strict', 'Lax', 'None']", options.samesite),
    )


def _held(request: HttpRequest | Request) -> dict[str, str]:
    """Return each session's token, by the session's id; a cookie of another name is somebody else's."""
    held: dict[str, str] = {}
    for name, token in _cookies(request.META.get("HTTP_COOKIE", "")):
        sid = name.removeprefix(_name_of(""))
        if name != sid and SID.fullmatch(sid) and token:
            # A setting of PATH from before may have left another under the same name.
            held[sid] = max(token, held[sid], key=_issued_at) if sid in held else token
    return held


def _cookies(header: str) -> Iterator[tuple[str, str]]:
    """Yield names and values; Django's own reader keeps but one of a name."""
    for part in header.split(";"):
        name, _, value = part.strip().partition("=")
        yield name, value


def _name_of(sid: str) -> str:
    return f"{current_options().name}_{sid}"


def _of_session(held: dict[str, str], sid: str) -> str:
    if sid not in held:
        raise NotTriedError(NotTried.OTHER_SESSION if held else Reason.MISSING)
    if _is_of_another(held[sid], sid):
        raise NotTriedError(NotTried.OTHER_SESSION)
    return held[sid]


def _is_of_another(token: str, sid: str) -> bool:
    """Tell whether a cookie was filled by somebody else, under this session's name."""
    try:
        return bool(FamilyRefreshToken(token, verify=False).get("sid", sid) != sid)  # type: ignore[arg-type] # a text
    except TokenError:
        return False  # it will be refused for what it is


def _issued_at(token: str) -> float:
    """Return when a token was issued; of one that we have not signed, or that has expired, before all others."""
    try:
        issued_at = family_backend().decode(token).get("iat")  # type: ignore[arg-type] # a text
    except TokenBackendError:
        return -1
    return issued_at if isinstance(issued_at, int | float) else -1


def _in_body(request: Request) -> str:
    token = request.data.get("refresh") if isinstance(request.data, dict) else None
    if isinstance(token, str) and token.strip():
        return token
    raise NotTriedError(Reason.MISSING)
