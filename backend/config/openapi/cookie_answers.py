"""How the profile `cookie` answers what the others have no word for, as OpenAPI's components."""

from config.openapi.parts import JSON, TEXT, object_of, one_of, response
from token_family.reasons import NotTried, Reason

SID = "[0-9a-f]{32}"
HEADERS: JSON = {
    "SessionCookie": {
        "description": "The session's refresh token, for as long as that lives; no script can read it.",
        "required": True,
        "schema": {
            **TEXT,
            "pattern": rf"^refresh_{SID}=[\w.-]+; .*"
            "HttpOnly; Max-Age=[1-9][0-9]*; Path=/api/token/; SameSite=Strict; Secure$",
        },
    },
    "DeletedCookie": {
        "description": "Has the browser delete the session's cookie.",
        "required": True,
        "schema": {
            **TEXT,
            "pattern": f'^refresh_{SID}=""; .*HttpOnly; Max-Age=0; Path=/api/token/; SameSite=Strict; Secure$',
        },
    },
    "NoStore": {"description": "No cache may keep the answer.", "required": True, "schema": one_of("no-store")},
}
NO_STORE = {"Cache-Control": "NoStore"}
SECURITY_SCHEMES: JSON = {
    "cookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": "refresh_<sid>",
        "description": "The refresh token. Each session has a cookie of its own, whose name ends with the session's "
        "id. Sign-in and refresh set it.",
    },
}


def cookie_components() -> dict[str, JSON]:
    """Return what the profile adds to the components of a profile with families."""
    return {"headers": HEADERS, "schemas": _schemas(), "responses": _responses(), "securitySchemes": SECURITY_SCHEMES}


def _schemas() -> JSON:
    sid = {**TEXT, "pattern": f"^{SID}$", "description": "The session's id, to send as `X-Session-Id`."}
    return {
        "Session": object_of("access", "sid", access=TEXT, sid=sid),
        "SessionOver": _refused("token_not_valid", *Reason),
        "OtherSession": _refused(NotTried.OTHER_SESSION, NotTried.OTHER_SESSION),
        "CrossOrigin": _refused(NotTried.CROSS_ORIGIN, NotTried.CROSS_ORIGIN),
    }


def _refused(code: str, *reasons: str) -> JSON:
    return object_of("detail", "code", "reason", detail=TEXT, code=one_of(code), reason=one_of(*reasons))


def _responses() -> JSON:
    return {
        "Session": response("The session goes on.", "Session", {"Set-Cookie": "SessionCookie", **NO_STORE}),
        "SignedOut": response("Done.", "Done", {"Set-Cookie": "DeletedCookie", **NO_STORE}),
        "SessionOver": response(
            "The session is over. `missing`: this browser holds none; for the other reasons see `Reason`.",
            "SessionOver",
            {"WWW-Authenticate": "WwwAuthenticate", **NO_STORE},
        ),
        "OtherSession": response(
            "This browser holds another session than the one that is named; nothing changed, and none is over.",
            "OtherSession",
            NO_STORE,
        ),
        "CrossOrigin": response(
            "A page of another origin asks; nothing was looked at, and no session is over.", "CrossOrigin", NO_STORE
        ),
    }
