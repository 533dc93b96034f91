"""The setting TOKEN_FAMILY["COOKIE"]: what the cookie is called, and where browsers send it."""

from dataclasses import dataclass, fields
from typing import Any

from token_family.limits import configured


@dataclass(frozen=True)
class CookieOptions:
    """The cookie's attributes; HttpOnly is none of them, for it is always on.

    `name` is followed by `_` and the session's id; `path` must be above refresh and sign-out.
    """

    name: str = "refresh"
    path: str = "/"
    secure: bool = True
    samesite: str = "Strict"


OPTIONS = {field.name.upper(): field.name for field in fields(CookieOptions)}


def configured_cookie() -> dict[str, Any]:
    """Return the project's setting as it is written; what is no dict is left to the system check."""
    given = configured().get("COOKIE", {})
    return given if isinstance(given, dict) else {}


def current_options() -> CookieOptions:
    """Return the options in force; a name that is not known is left to the system check."""
    return CookieOptions(**{OPTIONS[name]: value for name, value in configured_cookie().items() if name in OPTIONS})
