"""Finds the cookie of a request's session, and writes it."""

from contextlib import suppress
from datetime import timedelta
from typing import Literal, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rest_framework.request import Request
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.utils import aware_utcnow, datetime_from_epoch

from token_family.cookies.errors import NotTriedError
from token_family.cookies.options import current_options
from token_family.reasons import NotTried, Reason
from token_family.tokens import FamilyRefreshToken

# A page names its session, so that it never goes on as another user who has signed in meanwhile.
SID_HEADER = "X-Session-Id"


def presented(request: Request) -> str:
    """Return the refresh token that a request is about; raise NotTriedError if there is none that it may use.

    The session is the one that the header names. Without the header it is the newest in the browser; and without
    a cookie too it is a token in the body, so that a client of before is not signed out by the change.
    """
    held, named = _held(request), request.headers.get(SID_HEADER)
    if named is not None:
        return _of_session(held, named)
    if held:
        # Of the same second, browsers send the later cookie last.
        return max(reversed(held.values()), key=_issued_at)
    return _in_body(request)


def keep(response: HttpResponseBase, token: FamilyRefreshToken) -> None:
    """Have the browser keep a session's token for as long as it holds."""
    lives_for = datetime_from_epoch(token.payload["exp"]) - aware_utcnow()
    _set(response, token.sid.hex, str(token), lives_for)


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
    prefix = _name_of("")
    cookies = request.COOKIES.items()
    return {name.removeprefix(prefix): value for name, value in cookies if name.startswith(prefix)}


def _name_of(sid: str) -> str:
    return f"{current_options().name}_{sid}"


def _of_session(held: dict[str, str], sid: str) -> str:
    if sid in held:
        return held[sid]
    raise NotTriedError(NotTried.OTHER_SESSION if held else Reason.MISSING)


def _issued_at(token: str) -> int:
    with suppress(TokenError):
        issued_at = FamilyRefreshToken(token, verify=False).get("iat")  # type: ignore[arg-type] # a text
        if isinstance(issued_at, int):
            return issued_at
    return 0


def _in_body(request: Request) -> str:
    token = request.data.get("refresh") if isinstance(request.data, dict) else None
    if isinstance(token, str) and token:
        return token
    raise NotTriedError(Reason.MISSING)
